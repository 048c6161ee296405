/** What an insurer can prove: a claim's evidence verified anew, a lie about it told, and every coin of a product accounted for. */
import { readFileSync } from "node:fs";
import { claimsCalls, withFunds } from "@cw-vitals/client";
import type { PoolInfo } from "@cw-vitals/client/claims";
import type { Page, Route } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { button, saved, tab } from "./clicks";
import type { Device } from "./device";
import type { Gateway } from "./gateway";
import { type Person, Stage } from "./harness";
import { bills, bind, chain, episodes, eventually, offer, open, past, policyOf, poolOf, sell } from "./insured";
import { Network } from "./network";
import { Patient } from "./patient";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 });

let network: Network;
let stage: Stage;
let patient: Patient;
let insurer: Person;
let heart: Device;
let gateway: Gateway;
let product: string;
let policy: string;

beforeAll(async () => {
  network = await Network.start();
  stage = await Stage.on(network);
  patient = await Patient.admit(network, "patient");
  heart = await network.newDevice("heart-monitor", "heart");
  gateway = await patient.gateway("gateway", [heart]);
  product = await sell(network, episodes(), "3000001");
  policy = await bind(network, patient, product);
  await heart.run(gateway);
  const claimed = () =>
    patient.claim(policy).then(
      () => true,
      () => false,
    );
  await eventually("readings meet the terms", claimed);
  insurer = await open(stage, await network.link("insurer", "insurer"));
});

afterEach(() => expect(stage.faults()).toEqual([]));

afterAll(async () => {
  await heart?.stop();
  await gateway?.stop();
  await stage?.close();
  await network?.stop();
});

interface Answer {
  result?: { txs?: { tx: string; hash: string }[]; total_count?: string };
}

/** The node's answers to searches for transactions are changed on their way, for as long as `during` takes. */
async function lying(page: Page, change: (answer: Answer) => void, during: () => Promise<void>): Promise<void> {
  const lie = async (route: Route) => {
    const asked = route.request().postData() ?? "";
    const response = await route.fetch();
    if (!asked.includes('"tx_search"')) return route.fulfill({ response });
    const answer = (await response.json()) as Answer;
    change(answer);
    return route.fulfill({ response, json: answer });
  };
  const node = `${network.chain.rpc}/**`;
  await page.route(node, lie);
  try {
    await during();
  } finally {
    // an answer that is on its way is let finish
    await page.unrouteAll({ behavior: "wait" });
  }
}

/** One bit of the proof that a transaction of base64 carries, as the message has it: base64 in JSON. */
function damaged(tx: string): string {
  const bytes = Buffer.from(tx, "base64");
  const at = bytes.indexOf('"proof":"');
  if (at < 0) return tx;
  const middle = at + '"proof":"'.length + 60;
  bytes[middle] = bytes[middle] === 0x41 ? 0x42 : 0x41;
  return bytes.toString("base64");
}

describe("a paid claim on readings", () => {
  const shown = async (person: Person) => {
    await person.go(`/insurer/claims/${policy}/1`);
    return person.page;
  };

  test("is verified in the insurer’s own browser, reading by reading", async () => {
    const page = await shown(insurer);
    await page.getByText("Verified: the readings meet the terms").waitFor();
    await page.getByText("Leads to the signed root").first().waitFor();
    expect(await page.getByText("Meets them", { exact: true }).count()).toBe(2);
    await page.getByText("0.05 VITAL").first().waitFor();
    expect(await insurer.inspect()).toEqual([]);
  });

  test("whose proof a node shows altered is said not to hold, and its readings are not shown", async () => {
    const other = await open(stage, await network.link("insurer", "stranger"));
    const alter = ({ result }: Answer) => {
      for (const found of result?.txs ?? []) found.tx = damaged(found.tx);
    };
    await lying(other.page, alter, async () => {
      const page = await shown(other);
      await page.getByText(/One proof does not hold|The evidence could not be verified/).waitFor();
      expect(await page.getByText("Verified: the readings meet the terms").count()).toBe(0);
      expect(await page.getByText("Meets them", { exact: true }).count()).toBe(0);
      await page.getByText("Not verified").first().waitFor();
      expect(await other.inspect()).toEqual([]);
    });
    await other.close();
  });

  test("whose transaction a node hides is said not to be found", async () => {
    const other = await open(stage, await network.link("insurer", "stranger"));
    const hide = ({ result }: Answer) => {
      if (result) Object.assign(result, { txs: [], total_count: "0" });
    };
    await lying(other.page, hide, async () => {
      const page = await shown(other);
      await page.getByText("The evidence could not be verified").waitFor();
    });
    await other.page.getByRole("button", { name: "Try again" }).first().click();
    await other.page.getByText("Verified: the readings meet the terms").waitFor();
    await other.close();
  });

  test("cannot be prepared from readings that a vault altered: the patient is told what was left out", async () => {
    await heart.kill();
    const vault = network.vaults[0];
    for (const digest of vault?.digests("blobs") ?? []) vault?.tamper(digest);
    const me = await open(stage, await patient.link());
    me.expect(/status of 500/);
    await me.go(`/patient/insurance/policies/${policy}/claim`);
    await button(me.page, "Search my readings").click();
    await me.page.getByText("No readings of yours make a claim").waitFor();
    expect(await me.page.getByText(/readings meet the terms/).count()).toBe(0);
    expect(await button(me.page, "Next: send the claim").count()).toBe(0);
    await me.page
      .getByText(/could not be opened/)
      .first()
      .waitFor();
    expect(await me.inspect()).toEqual([]);
    await me.close();
  });
});

type Row = Record<string, string>;

/** Lines of a CSV without quotes, by the names in its head. */
function rowsOf(csv: string): Row[] {
  const [head = "", ...lines] = csv.trim().split("\n");
  const names = head.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    expect(cells).toHaveLength(names.length);
    return Object.fromEntries(names.map((name, place) => [name, cells[place] ?? ""]));
  });
}

const SOURCES = ["deposits", "premiums", "claim_deposits", "reclaimed"];
const BALANCES = ["free", "locked", "held"] as const;

/** Plays all movements from nothing, holding what each line says is left against it; every account in the end. */
function played(rows: Row[]): Map<string, bigint> {
  const book = new Map<string, bigint>();
  const add = (account: string, amount: bigint) => book.set(account, (book.get(account) ?? 0n) + amount);
  rows.forEach((row, place) => {
    expect(row.movement).toBe(String(place + 1));
    const amount = BigInt(row.amount ?? "");
    add(row.from ?? "", SOURCES.includes(row.from ?? "") ? amount : -amount);
    add(row.to ?? "", amount);
    for (const account of BALANCES) expect(row[`${account}_after`]).toBe(String(book.get(account) ?? 0n));
    const kept = BALANCES.reduce((sum, account) => sum + (book.get(account) ?? 0n), 0n);
    expect(row.kept_after).toBe(String(kept));
  });
  return book;
}

const ACCOUNTS = [
  ...([...SOURCES, ...BALANCES] as (keyof PoolInfo)[]),
  ...(["paid", "rebated", "withdrawn", "refunded", "returned", "fees"] as const),
];

describe("a statement", () => {
  let invoiced: string;

  /** Everything that moves money but a rebate: bills awarded, refused and decided, offers, cancelled cover, withdrawals. */
  async function muchHappens(): Promise<void> {
    const account = await network.chain.address("assessor");
    await network.send("insurer", claimsCalls.setStaff({ account, parts: ["assessor"] }));
    invoiced = await sell(network, await bills(network), "5000007");
    const billed = await bind(network, patient, invoiced);
    await past(network, (await policyOf(network, billed)).covered_from + 1);
    await filed(billed, 1, "120000", "80000");
    const reason = Buffer.alloc(32, 1).toString("base64");
    await network.send("patient", claimsCalls.appeal({ policy: billed, claim: 1, ground: { patient: {} }, reason }));
    await network.send("arbiter", claimsCalls.arbitrate({ policy: billed, claim: 1, award: "100000", reason }));
    await filed(billed, 2, "30001", "30001");
    const offered = await offer(network, "guardian", patient, invoiced, 3_600);
    await network.send("guardian", claimsCalls.withdrawOffer({ policy: offered }));
    await network.send("insurer", claimsCalls.withdraw({ product: invoiced, amount: "13" }));
    const brief = { term_s: 100_000, file_within_s: 1 };
    const cancelled = await bind(network, await Patient.admit(network, "patient-2"), await cancellable(brief));
    // cancelled before it covered anything, it would have ended at once
    await past(network, (await policyOf(network, cancelled)).covered_from + 1);
    await network.send("patient-2", claimsCalls.cancel({ policy: cancelled, ground: { patient: {} } }));
    await past(network, (await policyOf(network, cancelled)).file_until);
    await network.send("stranger", claimsCalls.expire({ policy: cancelled }));
  }

  const cancellable = (terms: Parameters<typeof episodes>[0]) => sell(network, episodes(terms), "2000000");

  async function filed(of: string, claim: number, amount: string, award: string): Promise<void> {
    const { covered_from: served_from } = await policyOf(network, of);
    const digest = Buffer.alloc(32, claim).toString("base64");
    const invoice = { digest, amount, served_from, served_until: served_from + 1 };
    const file = claimsCalls.fileInvoice({ policy: of, ground: { patient: {} }, invoice });
    await network.send("patient", withFunds(file, [{ denom: "uvital", amount: "10000" }]));
    await network.send("assessor", claimsCalls.assess({ policy: of, claim, award, reason: digest }));
  }

  async function drawn(of: string): Promise<Page> {
    const { page } = insurer;
    await insurer.go(`/insurer/products/${of}`);
    await page.getByRole("heading", { level: 1, name: `Product ${of}` }).waitFor();
    await tab(page, "Statement");
    await button(page, "Draw up the statement").click();
    return page;
  }

  async function csvOf(page: Page): Promise<Row[]> {
    await page.getByText("Reconciles with the chain").waitFor();
    const file = await saved(page, () => button(page, "Download as CSV").click());
    expect(file.suggestedFilename()).toMatch(/^product-\d+-to-block-\d+\.csv$/);
    return rowsOf(readFileSync(await file.path(), "utf8"));
  }

  beforeAll(muchHappens);

  test("of every product plays to what the chain says of its pool, and together to what the contract has", async () => {
    let kept = 0n;
    const vitals = await chain(network);
    const { products } = await vitals.claims.products({ limit: 30 });
    expect(products.length).toBe(3);
    for (const { product: of } of products) {
      const rows = await csvOf(await drawn(of));
      const pool = await poolOf(network, of);
      expect(rows).toHaveLength(Number(pool.movements));
      const book = played(rows);
      for (const account of ACCOUNTS)
        expect([of, account, String(book.get(account) ?? 0n)]).toEqual([of, account, pool[account]]);
      kept += BigInt(rows.at(-1)?.kept_after ?? "");
    }
    expect(await vitals.node.balance(vitals.addressOf("claims"), "uvital")).toBe(kept);
    expect(await insurer.inspect()).toEqual([]);
  });

  test("names the policy, the claim and the account of each payment", async () => {
    const rows = await csvOf(await drawn(invoiced));
    const kinds = (kind: string) => rows.filter((row) => row.kind === kind);
    expect(kinds("benefit").map(({ amount, claim }) => [claim, amount])).toEqual([
      ["1", "80000"],
      ["1", "20000"],
      ["2", "30001"],
    ]);
    expect(kinds("bond_to_arbiter")[0]?.account).toBe(await network.chain.address("arbiter"));
    expect(kinds("withdrawal").map(({ amount }) => amount)).toEqual(["13"]);
    await insurer.page.getByText("0.030001 VITAL").waitFor();
  });

  test("of a period has its movements alone", async () => {
    const page = await drawn(invoiced);
    const day = (from: number) => new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel(/^From this day/).fill(day(2));
    await button(page, "Draw up the statement").click();
    await page.getByText("Nothing moved in this period.").waitFor();
    await page.getByLabel(/^From this day/).fill(day(-1));
    await page.getByLabel(/^Until the end of this day/).fill(day(1));
    await button(page, "Draw up the statement").click();
    expect(await csvOf(page)).toHaveLength(Number((await poolOf(network, invoiced)).movements));
  });

  test("is none where a node hides a movement, and says so", async () => {
    const hide = ({ result }: Answer) => {
      if (result?.txs) result.txs = result.txs.filter(({ hash }) => hash !== result.txs?.[1]?.hash);
    };
    await lying(insurer.page, hide, async () => {
      const page = await drawn(invoiced);
      await page.getByText("There is no statement").waitFor();
      expect(await button(page, "Download as CSV").count()).toBe(0);
      expect(await insurer.inspect()).toEqual([]);
    });
  });
});
