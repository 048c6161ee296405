import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { dataKeys, newDataKey, seal } from "./envelope";
import { openByPasskey, passkeysOffered } from "./passkey";

const available = vi.fn(async () => true);

beforeEach(() => vi.stubGlobal("PublicKeyCredential", { isUserVerifyingPlatformAuthenticatorAvailable: available }));
afterEach(() => vi.unstubAllGlobals());

it.each(["localhost", "vitals.example", "10.example", "1.2.3.4.example"])(
  "a passkey is offered at %s",
  async (name) => {
    expect(await passkeysOffered(name)).toBe(true);
  },
);

it.each(["127.0.0.1", "192.168.178.20", "[::1]", "[fe80::1]"])(
  "no passkey is offered at %s: an address is nobody whom one could be for",
  async (address) => {
    expect(await passkeysOffered(address)).toBe(false);
  },
);

it("none is offered by a platform that has no authenticator, or does not say", async () => {
  available.mockResolvedValueOnce(false);
  expect(await passkeysOffered("localhost")).toBe(false);
  available.mockRejectedValueOnce(new Error("not allowed here"));
  expect(await passkeysOffered("localhost")).toBe(false);
});

it("a prompt that is answered after it was given up opens nothing", async () => {
  const giveUp = new AbortController();
  const results = { first: new ArrayBuffer(32) };
  const get = vi.fn(async () => {
    giveUp.abort();
    return { getClientExtensionResults: () => ({ prf: { results } }) };
  });
  vi.stubGlobal("navigator", { credentials: { get } });
  const wrapped = await seal((await dataKeys(newDataKey())).secrets, new Uint8Array(32), "another");
  const wrap = { credentialId: new Uint8Array(1), salt: new Uint8Array(32), wrapped };
  await expect(openByPasskey("wasm1me", wrap, giveUp.signal)).rejects.toMatchObject({ name: "AbortError" });
  expect(get).toHaveBeenCalledWith(expect.objectContaining({ signal: giveUp.signal }));
});
