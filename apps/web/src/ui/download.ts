/** Gives the person a file, made in this browser. */
export function download(
  name: string,
  content: Uint8Array<ArrayBuffer> | string | Blob,
  type = "application/octet-stream",
): void {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // the browser reads it after the click; a minute is plenty to begin
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
