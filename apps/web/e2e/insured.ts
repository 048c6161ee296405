/** Products and policies that are there already, for tests of what becomes of them; and what the chain has of their money. */
import { attribute, claimsCalls, expectEvent, funded, type Vitals } from "@cw-vitals/client";
import type { BenefitMsg, DenomMsg, InvoiceTermsMsg, PolicyInfo, PoolInfo, TermsMsg } from "@cw-vitals/client/claims";
import type { Name } from "./chain";
import type { Person, Stage } from "./harness";
import type { Network } from "./network";
import type { Patient } from "./patient";
import { sleep } from "./service";

export const COINS: DenomMsg = { native: "uvital" };
const HOUR_S = 3_600;
export const DAY_S = 24 * HOUR_S;

const DECIDED: Omit<InvoiceTermsMsg, "arbiter"> = {
  ...{ category: "cardiac", silence: "to_arbiter", fee: "10000" },
  ...{ assess_within_s: HOUR_S, appeal_within_s: HOUR_S, arbitrate_within_s: HOUR_S },
};

const COMMON = {
  premium: { once: { amount: "6000" } },
  ...{ minimum_charge: "1000", term_s: 10 * DAY_S, waiting_s: 0, file_within_s: DAY_S, reward: null },
  terms_digest: Buffer.alloc(32, 7).toString("base64"),
} satisfies Partial<TermsMsg>;

/** Up to 0.2 VITAL for each of six bills, decided by people within the hour unless said otherwise. */
export async function bills(network: Network, decided: Partial<InvoiceTermsMsg> = {}): Promise<TermsMsg> {
  const arbiter = await network.chain.address("arbiter");
  const benefit: BenefitMsg = { per_event: { amount: "200000", max_claims: 6, separation_s: 0 } };
  return { ...COMMON, benefit, evidence: { invoice: { ...DECIDED, arbiter, ...decided } } };
}

/** Two heart rates of at least 40 a minute, which what a device plays meets at once; paid 0.05 VITAL three times. */
export function episodes(terms: Partial<TermsMsg> = {}): TermsMsg {
  const rule = {
    conditions: [{ measure: "heart_rate", comparison: "at_least", threshold: 400 } as const],
    ...{ readings: 2, spaced_s: 1, within_s: 600, anchored_within_s: 7_200, min_assurance: "maker" as const },
    ...{ accept_questionable: true, paired_for_s: 0, calibrated: false, accept_simulated: true },
  };
  const benefit: BenefitMsg = { per_event: { amount: "50000", max_claims: 3, separation_s: 1 } };
  return { ...COMMON, benefit, evidence: { disclosed: { models: [], rule } }, ...terms };
}

/** The insurer's product with money in its pool; its number. */
export async function sell(network: Network, terms: TermsMsg, pool: string, denom = COINS): Promise<string> {
  const { events } = await network.send(
    "insurer",
    claimsCalls.createProduct({ insurer: null, product: { denom, terms } }),
  );
  const product = attribute(expectEvent(events, "claims", "product_created"), "product");
  await network.send("insurer", await paying(network, claimsCalls.deposit({ product }), pool, denom));
  return product;
}

async function paying(network: Network, call: Parameters<typeof funded>[1], amount: string, denom = COINS) {
  return funded((await chain(network)).addressOf("claims"), call, { amount, denom });
}

/** A policy of the patient's, who is paid; its number, once it covers. */
export async function bind(network: Network, patient: Patient, product: string, premium = "6000"): Promise<string> {
  const payee = await network.chain.address(patient.account);
  const call = claimsCalls.bind({ product, version: 1, patient: patient.number, payee, ground: { patient: {} } });
  const { events } = await network.send(patient.account, await paying(network, call, premium));
  const policy = attribute(expectEvent(events, "claims", "policy_bound"), "policy");
  await inState(network, policy, "active");
  return policy;
}

/** A policy offered to the patient for so many seconds; its number. */
export async function offer(network: Network, by: Name, patient: Patient, product: string, forS: number) {
  const { timeMs } = await (await chain(network)).head();
  const payee = await network.chain.address(patient.account);
  const until = Math.ceil(timeMs / 1_000) + forS;
  const call = claimsCalls.offer({ product, version: 1, patient: patient.number, payee, until });
  const { events } = await network.send(by, await paying(network, call, "6000"));
  return attribute(expectEvent(events, "claims", "policy_offered"), "policy");
}

/** A window that waits as long as a busy machine needs: its pages wait for blocks, and for other people. */
export async function open(stage: Stage, link: string): Promise<Person> {
  const person = await stage.person();
  person.context.setDefaultTimeout(90_000);
  await person.page.goto(link);
  await person.page.locator("main h1").first().waitFor();
  return person;
}

export function chain(network: Network): Promise<Vitals> {
  return network.as("stranger");
}

export async function policyOf(network: Network, policy: string): Promise<PolicyInfo> {
  return (await chain(network)).claims.policy({ policy });
}

export async function poolOf(network: Network, product: string): Promise<PoolInfo> {
  return (await chain(network)).claims.pool({ product });
}

export async function inState(network: Network, policy: string, state: PolicyInfo["state"]): Promise<void> {
  await eventually(`policy ${policy} is ${state}`, async () => (await policyOf(network, policy)).state === state);
}

/** Waits until a block is later than this second. */
export async function past(network: Network, second: number): Promise<void> {
  const vitals = await chain(network);
  await eventually(`a block later than ${second}`, async () => (await vitals.head()).timeMs > second * 1_000);
}

const SOON_MS = 180_000;

/** Asks until it is so; works before the first test too, where `expect.poll` does not. */
export async function eventually(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + SOON_MS; Date.now() < end; await sleep(200)) if (await isSo()) return;
  throw new Error(`not so after ${SOON_MS / 1_000} s: ${what}`);
}
