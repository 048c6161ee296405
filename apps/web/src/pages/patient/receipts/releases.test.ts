import { VitalsError } from "@cw-vitals/client/errors";
import { describe, expect, it } from "vitest";
import { ofOthers, releases, type SeenRelease, type Told, troubles, unknownVaults } from "./releases";

const release = (index: number, at: number, change: object = {}) =>
  ({
    index,
    at,
    patient: "7",
    digest: "",
    purpose: "TREAT",
    category: "cardiac",
    action: "read",
    ground: {},
    who: "doctor",
    proof: "proved",
    reason: null,
    session: null,
    ...change,
  }) as SeenRelease;
const log = (vault: string, own: SeenRelease[], change: object = {}): Told => ({
  vault,
  account: `wasm1${vault}`,
  anchored: own.length,
  withheld: 0,
  releases: own,
  ...change,
});
const away: Told = { vault: "c", error: new VitalsError("vault/unreachable", "c") };

describe("releases", () => {
  it("of all vaults stand newest first", () => {
    const told = [log("a", [release(0, 10), release(1, 30)]), log("b", [release(0, 20), release(1, 30)]), away];
    expect(releases(told).map(({ vault, index }) => `${vault}${index}`)).toEqual(["a1", "b1", "b0", "a0"]);
  });

  it("of oneself can be left out", () => {
    const all = releases([log("a", [release(0, 1, { who: "me" }), release(1, 2)])]);
    expect(ofOthers(all, "me").map(({ index }) => index)).toEqual([1]);
  });
});

describe("logs", () => {
  it("that withhold receipts, or whose proofs fail, are named", () => {
    const told = [log("a", [release(0, 1)]), log("b", [release(0, 1, { proof: "wrong" })], { withheld: 2 }), away];
    expect(troubles(told)).toEqual([{ vault: "b", wrong: 1, withheld: 2 }]);
  });

  it("anchored by nobody’s vault are told, unless a vault is away that may be theirs", () => {
    expect(unknownVaults([log("a", [])], ["wasm1a", "wasm1x"])).toEqual(["wasm1x"]);
    expect(unknownVaults([log("a", []), away], ["wasm1a", "wasm1x"])).toEqual([]);
  });
});
