/** SHA-256 of a document that stays off the chain, in base64 as contracts have it. */
export async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return btoa(String.fromCharCode(...hash));
}

export async function digestOfFile(file: File): Promise<string> {
  return digestOf(new Uint8Array(await file.arrayBuffer()));
}

export async function digestOfText(text: string): Promise<string> {
  return digestOf(new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>);
}

/** As people compare digests: hex. */
export function hexOf(base64: string): string {
  return [...atob(base64)].map((char) => char.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}
