import type { KeyStore } from "@cw-vitals/client/keys";
import { beforeEach, describe, expect, it } from "vitest";
import { merged } from "../../../session/secrets";
import type { Secrets } from "../../../session/types";
import { keyStore, type StoreSession, stateIn } from "./store";

type Saved = Parameters<KeyStore["saveKeys"]>[0];
const keys = (name: string) => name as unknown as Saved;
const changed = { code: "keys/changed" };

/** What the one browser keeps, whichever tab saves. */
let kept: Secrets;

/** A tab that was opened now. */
function tab(): StoreSession {
  return {
    secrets: { ...kept },
    saveSecrets: async (part, held) => {
      kept = merged(kept, part, held);
    },
  };
}
// the file under the identity is another one each time
let files = 0;
const wrap = (keyring: string) => `wrapped:${keyring}:${++files}`;
const store = (session: StoreSession) => keyStore<string>(session, wrap);

beforeEach(() => {
  kept = { identity: "id" };
});

describe("the key store", () => {
  it("keeps keys wrapped, again and again", async () => {
    const own = store(tab());
    await own.saveKeys(keys("one"));
    await own.saveKeys(keys("two"));
    expect(kept.keyring).toMatch(/^wrapped:two/);
  });

  it("refuses to write over the keys that another tab saved meanwhile", async () => {
    const [first, late] = [store(tab()), store(tab())];
    await first.saveKeys(keys("two"));
    await expect(late.saveKeys(keys("other"))).rejects.toMatchObject(changed);
    expect(kept.keyring).toMatch(/^wrapped:two/);
  });

  it("remembers nothing of what was done with keys that were changed meanwhile", async () => {
    const [first, late] = [store(tab()), store(tab())];
    await first.saveKeys(keys("two"));
    const state = { rotating: 2, rolls: {}, emergency: null };
    await first.saveState(state);
    await expect(late.saveState({ rotating: null, rolls: {}, emergency: null })).rejects.toMatchObject(changed);
    expect(stateIn(kept.agent)).toEqual(state);
  });

  it("goes on in a tab that was opened after the other one saved", async () => {
    await store(tab()).saveKeys(keys("two"));
    await store(tab()).saveKeys(keys("three"));
    expect(kept.keyring).toMatch(/^wrapped:three/);
  });

  it("saves the next keys after others were restored from a backup, and nothing of those before", async () => {
    const before = store(tab());
    await before.saveKeys(keys("made here"));
    await tab().saveSecrets({ keyring: "wrapped:from the backup" });
    await expect(before.saveKeys(keys("late"))).rejects.toMatchObject(changed);
    await store(tab()).saveKeys(keys("next generation"));
    expect(kept.keyring).toMatch(/^wrapped:next generation/);
  });

  it("saves keys in a browser from which the account was removed and set up again", async () => {
    await store(tab()).saveKeys(keys("made here"));
    kept = { identity: "id" };
    await store(tab()).saveKeys(keys("made anew"));
    expect(kept.keyring).toMatch(/^wrapped:made anew/);
  });

  it("remembers what the agent did", async () => {
    const own = store(tab());
    expect(await own.loadState()).toBeUndefined();
    await own.saveState({ rotating: 2, rolls: {}, emergency: null });
    expect(stateIn(kept.agent)).toEqual({ rotating: 2, rolls: {}, emergency: null });
    expect(await own.loadState()).toEqual({ rotating: 2, rolls: {}, emergency: null });
  });

  it("takes what it cannot read for nothing", () => {
    expect(stateIn("{")).toBeUndefined();
    expect(stateIn("{}")).toEqual({ rotating: null, rolls: {}, emergency: null });
  });
});
