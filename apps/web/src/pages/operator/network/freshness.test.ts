import { VitalsError } from "@cw-vitals/client";
import { expect, it } from "vitest";
import { freshnessOf } from "./freshness";

const refused = (code: string) => freshnessOf(new VitalsError(code, "why"));

it("a refusal by the chain shows that the vault asked it", () => {
  expect(refused("consent/not_the_patient")).toBe("fresh");
  expect(refused("state/not_found")).toBe("fresh");
});

it("a node that fell behind, and another name, are told apart", () => {
  expect(refused("vault/stale_node")).toBe("stale");
  expect(refused("vault/wrong_vault")).toBe("other_name");
});

it("whatever else went wrong is not taken for an answer", () => {
  expect(() => refused("vault/unreachable")).toThrow("vault/unreachable");
  expect(() => refused("vault/signature")).toThrow("vault/signature");
});
