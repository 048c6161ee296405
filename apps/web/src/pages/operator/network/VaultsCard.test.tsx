import { afterEach, expect, it } from "vitest";
import { vaultFaults } from "../../../data/vault-faults";
import { acted, drawn } from "../../../test/render";
import { SeenOf } from "./VaultsCard";

afterEach(() => acted(vaultFaults.clear));

it("an operator sees of each vault what reads met there: a lie, an error, a silence", async () => {
  const place = await drawn(<SeenOf vault="ward" />);
  expect(place.textContent).toBe("");
  acted(() => {
    vaultFaults.tell({ vault: "ward", kind: "altered", error: { code: "vault/digest" }, instead: "home" });
    vaultFaults.tell({ vault: "ward", kind: "silent", error: { code: "vault/unreachable" } });
    vaultFaults.tell({ vault: "home", kind: "refused", error: { code: "vault/not_found" } });
  });
  expect([...place.querySelectorAll(".state")].map((state) => state.textContent)).toEqual([
    "Sent something other than what the chain points to; it was not used. vault/digest",
    "Gave no answer. vault/unreachable",
  ]);
});
