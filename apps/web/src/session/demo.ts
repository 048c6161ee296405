/** The account of a role link: held by this tab alone, gone with it. */
import { dataKeys, newDataKey } from "./envelope";
import type { RoleLink } from "./role-link";

const STORED = "cw-vitals/demo";

interface Stored {
  link: RoleLink;
  /** Of the cache. */
  key: number[];
}

export function rememberDemo(link: RoleLink): Stored {
  const stored = { link, key: [...newDataKey()] };
  sessionStorage.setItem(STORED, JSON.stringify(stored));
  return stored;
}

export function rememberedDemo(): Stored | undefined {
  const text = sessionStorage.getItem(STORED);
  return text === null ? undefined : (JSON.parse(text) as Stored);
}

/** What the tab changed, such as a keyring with a new generation. */
export function updateDemo(secrets: RoleLink["secrets"]): void {
  const stored = rememberedDemo();
  if (stored) sessionStorage.setItem(STORED, JSON.stringify({ ...stored, link: { ...stored.link, secrets } }));
}

export function forgetDemo(): void {
  sessionStorage.removeItem(STORED);
}

export const demoKeys = ({ key }: Stored) => dataKeys(Uint8Array.from(key));
