/** What a person wrote and nobody else has, sealed in this browser until it is removed. Unlike the cache it never makes room. */
import { VitalsError } from "@cw-vitals/client/errors";
import { type Change, database, startChange } from "./database";
import { type DataKeys, hiddenName, openJson, sealJson } from "./envelope";

export interface AccountNotes {
  get<Value>(name: string): Promise<Value | undefined>;
  /** It is on the disk once this returns. */
  put(name: string, value: unknown): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Notes of one account, which the browser keeps, or (`demo`) which one tab can open. Values are of JSON. */
export function accountNotes(address: string, keys: DataKeys, demo = false): AccountNotes {
  const hidden = (name: string) => hiddenName(keys.names, `${address}/note/${name}`);
  return {
    async get<Value>(name: string) {
      const key = await hidden(name);
      const note = await (await database()).get("notes", key);
      return note && (await openJson<Value>(keys.secrets, note.sealed, key));
    },
    async put(name, value) {
      const key = await hidden(name);
      const note = { name: key, address, sealed: await sealJson(keys.secrets, value, key) };
      const change = await startChange();
      if (!demo && (await change.objectStore("accounts").getKey(address)) === undefined) {
        throw new VitalsError("session/unknown", `this browser does not know ${address}`);
      }
      await change.objectStore("notes").put(note);
      await change.done;
    },
    async remove(name) {
      await (await database()).delete("notes", await hidden(name));
    },
  };
}

/** All of an account. */
export async function clearNotesIn(change: Change, address: string): Promise<void> {
  const notes = change.objectStore("notes");
  for (const name of await notes.index("address").getAllKeys(address)) await notes.delete(name);
}
