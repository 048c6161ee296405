import { describe, expect, it } from "vitest";
import { ladderForm, tierProblem, tiersOf } from "./ladder";

const A = `wasm1${"a".repeat(38)}`;
const B = `wasm1${"b".repeat(38)}`;
const nine = Array.from({ length: 9 }, (_, i) => `wasm1${String.fromCharCode(97 + i).repeat(38)}`).join("\n");

describe("a tier", () => {
  it.each([
    [{ responders: "", minutes: "5" }, "none"],
    [{ responders: "bob", minutes: "5" }, "address"],
    [{ responders: `${A} ${A}`, minutes: "5" }, "twice"],
    [{ responders: nine, minutes: "5" }, "many"],
    [{ responders: A, minutes: "0.5" }, "minutes"],
    [{ responders: A, minutes: "1441" }, "minutes"],
    [{ responders: A, minutes: "" }, "minutes"],
    [{ responders: A, minutes: "1e9" }, "minutes"],
    [{ responders: A, minutes: "1.440" }, "minutes"],
    [{ responders: A, minutes: "1,5" }, undefined],
    [{ responders: `${A},\n${B}`, minutes: "1" }, undefined],
  ])("%j: %s", (tier, problem) =>
    expect(tierProblem(tier, { locale: "de", prefix: "wasm", leastSeconds: 60 })).toBe(problem),
  );

  it("comes back as it was set", () => {
    const ladder = { ends_in_emergency: true, tiers: [{ responders: [A, B], within_s: 90 }] };
    expect(tiersOf(ladderForm(ladder, "de"), "de")).toEqual(ladder.tiers);
    expect(ladderForm(ladder, "de").tiers[0]?.minutes).toBe("1,5");
    expect(ladderForm(null, "de").tiers).toHaveLength(1);
  });
});
