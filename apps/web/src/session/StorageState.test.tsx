import { afterEach, expect, it, vi } from "vitest";
import { acted, drawn } from "../test/render";
import * as accounts from "./accounts";
import { StorageState } from "./StorageState";

vi.mock("./passphrase", () => import("../test/passphrase"));

/** A browser that keeps what it has for good, or does once it was asked, or does not. */
function browser(persisted: boolean, grants: boolean) {
  const storage = { persisted: vi.fn(async () => persisted), persist: vi.fn(async () => grants) };
  vi.stubGlobal("navigator", Object.create(navigator, { storage: { value: storage } }));
  return storage;
}
afterEach(() => vi.unstubAllGlobals());

it("the browser is asked to keep an account as soon as it has one", async () => {
  const storage = browser(false, true);
  await accounts.keepAccount({
    address: "wasm1kept",
    label: "Me",
    wallet: "keplr",
    secrets: {},
    passphrase: "correct horse battery",
  });
  expect(storage.persist).toHaveBeenCalledOnce();
  await accounts.forgetAccount("wasm1kept");
});

it("keys that the browser may delete are said to be in danger, and those it keeps are not", async () => {
  browser(true, true);
  const safe = await drawn(<StorageState />);
  await vi.waitFor(() => expect(safe.textContent).toBe("This browser keeps your keys until you remove them."));
});

it("a browser that does not agree is told of, with what to do", async () => {
  browser(false, false);
  const place = await drawn(<StorageState />);
  await vi.waitFor(() => expect(place.textContent).toContain("may delete your keys on its own"));
  acted(() => place.querySelector("button")?.click());
  await vi.waitFor(() => expect(place.textContent).toContain("The browser did not agree"));
});

it("a browser that cannot be asked keeps nothing for sure", async () => {
  vi.stubGlobal("navigator", Object.create(navigator, { storage: { value: undefined } }));
  const place = await drawn(<StorageState />);
  await vi.waitFor(() => expect(place.textContent).toContain("may delete your keys on its own"));
});
