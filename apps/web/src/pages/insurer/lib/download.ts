/** Gives the person a file; nothing is sent. */
export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // after the browser has begun to read it
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
