/** Hands what was made to the person as a file. */
export const saveText = (name: string, text: string) => saveBytes(name, new TextEncoder().encode(text));

export function saveBytes(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes]));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // the browser reads it after this turn
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
