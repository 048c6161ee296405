import { describe, expect, it } from "vitest";
import { announced } from "../src/history.js";
import type { Vitals } from "../src/vitals.js";

const CONSENT = "wasm1consent";
const SOUGHT = { contract: "consent", kind: "granted", attributes: { grantee: "wasm1me" } } as const;

interface Asked {
  query: string;
  page: number;
  per_page: number;
}

const granted = (patient: string, contract = CONSENT, grantee = "wasm1me") => ({
  type: "wasm-granted",
  attributes: Object.entries({ _contract_address: contract, grantee, patient }).map(([key, value]) => ({ key, value })),
});

/** A node whose index has these transactions, newest first. */
function nodeWith(txs: { code?: number; events: ReturnType<typeof granted>[] }[]) {
  const asked: Asked[] = [];
  const txSearch = async (params: Asked) => {
    asked.push(params);
    const from = (params.page - 1) * params.per_page;
    const page = txs.slice(from, from + params.per_page);
    return { txs: page.map(({ code = 0, events }) => ({ result: { code, events } })), totalCount: txs.length };
  };
  const deployment = { consent: CONSENT, deviceRegistry: "r", vitalsAnchor: "a", care: "c", claims: "m" };
  const vitals = { network: { deployment }, node: { url: "", comet: { txSearch } }, addressOf: () => CONSENT };
  return { vitals: vitals as unknown as Vitals, asked };
}

const many = (count: number) => Array.from({ length: count }, (_, i) => ({ events: [granted(String(count - i))] }));
const patients = (events: readonly { attributes: Readonly<Record<string, string>> }[]) =>
  events.map(({ attributes }) => attributes.patient);

describe("what was announced", () => {
  it("is read page after page, oldest first", async () => {
    const { vitals, asked } = nodeWith(many(250));
    const { events, cut } = await announced(vitals, SOUGHT, { newest: 1_000 });
    expect(patients(events)).toEqual(Array.from({ length: 250 }, (_, i) => String(i + 1)));
    expect(asked.map(({ page }) => page)).toEqual([1, 2, 3]);
    expect(cut).toBe(false);
  });

  it("says that there are older ones than were looked at", async () => {
    const { vitals } = nodeWith(many(250));
    const { events, cut } = await announced(vitals, SOUGHT, { newest: 200 });
    expect(patients(events)).toHaveLength(200);
    expect(patients(events)[0]).toBe("51");
    expect(cut).toBe(true);
  });

  it("is of that contract alone, of transactions that succeeded, and of events that say what is sought", async () => {
    const { vitals, asked } = nodeWith([
      { events: [granted("1", "wasm1foreign"), granted("2", CONSENT, "wasm1other"), granted("3")] },
      { code: 5, events: [granted("4")] },
    ]);
    expect(patients((await announced(vitals, SOUGHT)).events)).toEqual(["3"]);
    expect(asked[0]?.query).toContain(`wasm-granted._contract_address='${CONSENT}'`);
  });
});
