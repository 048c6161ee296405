/** SHA-256 of a text or of a file's bytes, base64 as contracts take it. */
export async function digestOf(what: string | ArrayBuffer): Promise<string> {
  const bytes = typeof what === "string" ? new TextEncoder().encode(what) : what;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return btoa(String.fromCharCode(...digest));
}
