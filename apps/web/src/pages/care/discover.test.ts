import type { EventSought, VitalsEvent } from "@cw-vitals/client";
import { describe, expect, it } from "vitest";
import { said } from "./discover";

const SOUGHT: EventSought = { contract: "consent", kind: "granted", attributes: { grantee: "wasm1me" } };
const granted = (attributes: Record<string, string>): VitalsEvent => ({
  contract: "consent",
  kind: "granted",
  attributes,
});

describe("what events say", () => {
  it("is of those that name the account, not of others in the same transaction", () => {
    const events: VitalsEvent[] = [
      granted({ patient: "7", grantee: "wasm1me" }),
      granted({ patient: "8", grantee: "wasm1other" }),
      { ...granted({ patient: "9", grantee: "wasm1me" }), kind: "revoked" },
      { ...granted({ patient: "10", grantee: "wasm1me" }), contract: "claims" },
    ];
    expect(said([{ events }], SOUGHT, "patient")).toEqual(["7"]);
  });

  it("is each once, the newest first", () => {
    const of = (patient: string) => ({ events: [granted({ patient, grantee: "wasm1me" })] });
    expect(said([of("1"), of("2"), of("1")], SOUGHT, "patient")).toEqual(["1", "2"]);
  });

  it("is nothing where the event does not say it", () => {
    expect(said([{ events: [granted({ grantee: "wasm1me" })] }], SOUGHT, "patient")).toEqual([]);
  });
});
