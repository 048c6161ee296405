/** The files of an export, growing while it goes on, and their digests. */

export interface ExportFile {
  name: string;
  content: Blob;
}

export interface ManifestEntry {
  name: string;
  bytes: number;
  sha256: string;
}

/** Text files by name, appended to. */
export class Files {
  private readonly parts = new Map<string, string[]>();

  append(name: string, text: string, header = ""): void {
    const parts = this.parts.get(name) ?? (header === "" ? [] : [header]);
    parts.push(text);
    this.parts.set(name, parts);
  }

  json(name: string, value: unknown): void {
    this.parts.set(name, [`${JSON.stringify(value, null, 2)}\n`]);
  }

  /** One object a line. */
  line(name: string, value: unknown): void {
    this.append(name, `${JSON.stringify(value)}\n`);
  }

  list(): ExportFile[] {
    return [...this.parts].map(([name, parts]) => ({ name, content: new Blob(parts, { type: "text/plain" }) }));
  }
}

export async function manifestOf(files: readonly ExportFile[]): Promise<ManifestEntry[]> {
  const entries: ManifestEntry[] = [];
  for (const { name, content } of files) entries.push({ name, bytes: content.size, sha256: await sha256(content) });
  return entries;
}

async function sha256(content: Blob): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await content.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
