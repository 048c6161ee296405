// @vitest-environment happy-dom
import type { KeyStore } from "@cw-vitals/client/keys";
import { beforeEach, describe, expect, it } from "vitest";
import type { Secrets } from "../../../session/types";
import { keyStore, type StoreSession, stateIn } from "./store";

type Saved = Parameters<KeyStore["saveKeys"]>[0];
const keys = (name: string) => name as unknown as Saved;

/** A session as two tabs open it: each its own memory, one browser behind. */
function tab(secrets: Secrets, demo = false): { session: StoreSession; kept: Secrets } {
  const kept = { ...secrets };
  const session = {
    address: "wasm1me",
    secrets: { ...secrets },
    demo,
    saveSecrets: async (part: Secrets) => void Object.assign(kept, part),
  };
  return { session, kept };
}
const wrap = (keyring: string) => `wrapped:${keyring}`;
const store = (session: StoreSession) => keyStore<string>(session, wrap);

beforeEach(() => localStorage.clear());

describe("the key store", () => {
  it("keeps keys wrapped, again and again", async () => {
    const { session, kept } = tab({ identity: "id" });
    const own = store(session);
    await own.saveKeys(keys("one"));
    await own.saveKeys(keys("two"));
    expect(kept.keyring).toBe("wrapped:two");
  });

  it("refuses to write over the keys that another tab saved meanwhile", async () => {
    const first = tab({ identity: "id", keyring: "wrapped:one" });
    const second = tab({ identity: "id", keyring: "wrapped:one" });
    const late = store(second.session);
    await store(first.session).saveKeys(keys("two"));
    await expect(late.saveKeys(keys("other"))).rejects.toMatchObject({ code: "keys/changed" });
    expect(second.kept.keyring).toBe("wrapped:one");
  });

  it("goes on in a tab that was opened after the other one saved", async () => {
    await store(tab({ identity: "id" }).session).saveKeys(keys("two"));
    const { session, kept } = tab({ identity: "id", keyring: "wrapped:two" });
    await store(session).saveKeys(keys("three"));
    expect(kept.keyring).toBe("wrapped:three");
  });

  it("remembers what the agent did", async () => {
    const { session, kept } = tab({});
    const own = store(session);
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
