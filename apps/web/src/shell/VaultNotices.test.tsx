import { afterEach, expect, it } from "vitest";
import { vaultFaults } from "../data/vault-faults";
import { ROLES } from "../session/types";
import { acted, drawn } from "../test/render";
import { VaultNotices } from "./VaultNotices";

const lie = { vault: "ward", kind: "altered", error: { code: "vault/digest" }, instead: "home" } as const;

afterEach(() => acted(vaultFaults.clear));

it("who reads is told which vault sent something else, and that what is shown is verified", async () => {
  for (const role of ROLES) {
    const place = await drawn(<VaultNotices viewer={role} />);
    acted(() => vaultFaults.tell(lie));
    const reads = ["patient", "guardian", "clinician"].includes(role);
    expect([role, place.querySelectorAll("[role=status]").length]).toEqual([role, reads ? 1 : 0]);
    if (reads)
      expect(place.textContent).toContain("The vault ward sent something other than what the chain points to.");
    if (reads) expect(place.textContent).toContain("from another vault, and is verified");
    acted(vaultFaults.clear);
  }
});

it("what no vault had is not said to come from another", async () => {
  const place = await drawn(<VaultNotices viewer="patient" />, "de");
  acted(() => vaultFaults.tell({ vault: "ward", kind: "altered", error: {} }));
  expect(place.textContent).toContain("Der Tresor ward hat etwas anderes geschickt");
  expect(place.textContent).toContain("Das wird nicht gezeigt");
  expect(place.textContent).not.toContain("aus einem anderen Tresor");
});

it("a vault that is away, or that has not got it, is no lie", async () => {
  const place = await drawn(<VaultNotices viewer="patient" />);
  acted(() => vaultFaults.tell({ vault: "ward", kind: "silent", error: { code: "vault/unreachable" } }));
  acted(() => vaultFaults.tell({ vault: "ward", kind: "refused", error: { code: "vault/not_found" } }));
  expect(place.textContent).toBe("");
});

it("a notice that was closed stays closed, and another vault's comes", async () => {
  const place = await drawn(<VaultNotices viewer="patient" />);
  acted(() => vaultFaults.tell(lie));
  acted(() => place.querySelector("button")?.click());
  const { instead: _, ...missing } = lie;
  acted(() => vaultFaults.tell(missing));
  expect(place.textContent).toBe("");
  acted(() => vaultFaults.tell({ ...lie, vault: "home" }));
  expect(place.textContent).toContain("The vault home");
});
