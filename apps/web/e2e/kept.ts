/** What somebody who has the browser and its keys could still read of what the app kept. */
import type { Page } from "playwright-core";

/** Texts of all entries of the app's cache that the keys of a role link's tab open. */
export function keptTexts(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const stored = JSON.parse(sessionStorage.getItem("cw-vitals/demo") ?? "null") as { key: number[] } | null;
    if (!stored) throw new Error("this tab was not opened by a role link");
    const utf8 = (text: string) => new TextEncoder().encode(text);
    const base = await crypto.subtle.importKey("raw", Uint8Array.from(stored.key), "HKDF", false, ["deriveKey"]);
    const info = utf8("cw-vitals/v1/web/cache");
    const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
    const key = await crypto.subtle.deriveKey(hkdf, base, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    const db = await new Promise<IDBDatabase>((done, failed) => {
      const asked = indexedDB.open("cw-vitals");
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
    type Entry = { name: string; sealed: { nonce: Uint8Array<ArrayBuffer>; bytes: Uint8Array<ArrayBuffer> } };
    const entries = await new Promise<Entry[]>((done, failed) => {
      const asked = db.transaction("cache").objectStore("cache").getAll();
      asked.onsuccess = () => done(asked.result as Entry[]);
      asked.onerror = () => failed(asked.error);
    });
    db.close();
    const texts = entries.map(async ({ name, sealed }) => {
      const how = { name: "AES-GCM", iv: sealed.nonce, additionalData: utf8(name) };
      return new TextDecoder("latin1").decode(await crypto.subtle.decrypt(how, key, sealed.bytes));
    });
    return Promise.all(texts);
  });
}

/** Entries that hold opened readings of a patient: columns behind a head that names the batch. */
export async function keptReadings(page: Page, patient: string): Promise<number> {
  const texts = await keptTexts(page);
  return texts.filter((text) => text.includes('"$packed"') && text.includes(`"patient":"${patient}"`)).length;
}
