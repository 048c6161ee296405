import { expect, it, vi } from "vitest";
import { VaultFaultStore } from "./vault-faults";

const lie = { vault: "ward", kind: "altered", error: { code: "vault/digest" }, instead: "home" } as const;
const { instead: _, ...lone } = lie;

it("a vault is told of once, however many batches it lied about", () => {
  const store = new VaultFaultStore();
  const heard = vi.fn();
  store.subscribe(heard);
  for (let batch = 0; batch < 30; batch++) store.tell(lie);
  expect(heard).toHaveBeenCalledOnce();
  expect(store.get()).toEqual([{ vault: "ward", kind: "altered", code: "vault/digest", missing: false }]);
});

it("an error, a silence and a lie are told apart, and each vault by itself", () => {
  const store = new VaultFaultStore();
  store.tell(lie);
  store.tell({ ...lie, vault: "home" });
  store.tell({ vault: "ward", kind: "silent", error: { code: "vault/unreachable" } });
  store.tell({ vault: "ward", kind: "refused", error: { code: "vault/not_found" }, instead: "home" });
  expect(store.get().map(({ vault, kind }) => `${vault} ${kind}`)).toEqual([
    "ward altered",
    "home altered",
    "ward silent",
    "ward refused",
  ]);
});

it("what no vault had is remembered as missing, also where later reads got theirs", () => {
  const store = new VaultFaultStore();
  for (const fault of [lie, lone, lie]) store.tell(fault);
  expect(store.get()).toMatchObject([{ vault: "ward", missing: true }]);
});

it("the next session begins with none, and is told anew", () => {
  const store = new VaultFaultStore();
  store.tell(lie);
  store.clear();
  expect(store.get()).toEqual([]);
  store.tell(lie);
  expect(store.get()).toHaveLength(1);
});
