/** Looks through the deployment for what is due. */
import { allPages, transactions, type Vitals } from "@cw-vitals/client";
import type { ClaimInfo } from "@cw-vitals/client/claims";
import { eachOf, ifFound, isFound, lastNumber, newest } from "../lib/numbered";
import {
  isAlertSettled,
  isPolicySettled,
  ofAlert,
  ofClaim,
  ofEmergency,
  ofOwed,
  ofPolicy,
  ofRecovery,
  type Review,
  reviewOf,
  type Task,
} from "./tasks";

/** Alerts and policies that are looked through at once, newest first. */
export const DEPTH = 300;

export interface Due {
  tasks: Task[];
  reviews: Review[];
  /** How many alerts and policies there are, and how many of each were looked at. */
  alerts: number;
  policies: number;
  looked: number;
  /** Events that announce what no contract lists could be searched. */
  indexed: boolean;
}

/** What is settled stays so: it is not asked again. By contract and number. */
const settled = new Set<string>();

export async function dueNow(vitals: Vitals, depth: number): Promise<Due> {
  const now = Math.floor((await vitals.head()).timeMs / 1000);
  const [alerts, policies, announced] = await Promise.all([
    alertsDue(vitals, depth, now),
    policiesDue(vitals, depth),
    announcedDue(vitals, now),
  ]);
  return {
    tasks: [...alerts.tasks, ...policies.tasks, ...announced.tasks],
    reviews: announced.reviews,
    alerts: alerts.last,
    policies: policies.last,
    looked: depth,
    indexed: announced.indexed,
  };
}

async function alertsDue({ care }: Vitals, depth: number, now: number): Promise<{ tasks: Task[]; last: number }> {
  const alert = (number: number) => care.alert({ alert: String(number) });
  const last = await lastNumber((number) => isFound(alert(number)));
  const open = newest(last, depth).filter((number) => !settled.has(`${care.address}/${number}`));
  const tasks = await eachOf(open, async (number) => {
    const info = await alert(number);
    if (isAlertSettled(info)) settled.add(`${care.address}/${number}`);
    return ofAlert(info, now);
  });
  return { tasks: tasks.flat(), last };
}

async function policiesDue({ claims }: Vitals, depth: number): Promise<{ tasks: Task[]; last: number }> {
  const policy = (number: number) => claims.policy({ policy: String(number) });
  const last = await lastNumber((number) => isFound(policy(number)));
  const open = newest(last, depth).filter((number) => !settled.has(`${claims.address}/${number}`));
  const tasks = await eachOf(open, async (number) => {
    const info = await policy(number);
    if (isPolicySettled(info)) settled.add(`${claims.address}/${number}`);
    const overdue = info.claims_open > 0 ? (await claimsOf({ claims }, info.policy)).flatMap(ofClaim) : [];
    return [...overdue, ...ofPolicy(info)];
  });
  return { tasks: tasks.flat(), last };
}

function claimsOf({ claims }: Pick<Vitals, "claims">, policy: string): Promise<ClaimInfo[]> {
  return allPages(async (after: ClaimInfo | undefined) => {
    const page = await claims.claims({ policy, ...(after ? { start_after: after.claim } : {}), limit: 30 });
    return page.claims;
  });
}

/** What contracts announce and do not list. */
async function announcedDue(
  vitals: Vitals,
  now: number,
): Promise<{ tasks: Task[]; reviews: Review[]; indexed: boolean }> {
  try {
    const [emergencies, recoveries, owed] = await Promise.all([
      named(vitals, "consent", "emergency_opened", ["patient", "emergency"]),
      named(vitals, "consent", "recovery_decided", ["patient"]),
      named(vitals, "claims", "payment_failed", ["product", "account"]),
    ]);
    const infos = await eachOf(emergencies, async ([patient = "", emergency = ""]) => {
      const info = await ifFound(vitals.consent.emergency({ patient, emergency }));
      return info ? [{ patient, info }] : [];
    });
    const ready = await eachOf(recoveries, async ([patient = ""]) =>
      ofRecovery(patient, await vitals.consent.recovery({ patient }), now),
    );
    const unclaimed = await eachOf(owed, async ([product = "", account = ""]) =>
      ofOwed(product, account, await vitals.claims.owed({ product, account }), now),
    );
    const ended = infos.flat().flatMap(({ patient, info }) => ofEmergency(patient, info, now));
    const reviews = infos.flat().flatMap(({ patient, info }) => reviewOf(patient, info, now));
    return { tasks: [...ended, ...ready.flat(), ...unclaimed.flat()], reviews, indexed: true };
  } catch (error) {
    // a node without an index of events still tells of what is numbered
    if ((error as { code?: unknown }).code !== "node/refused") throw error;
    return { tasks: [], reviews: [], indexed: false };
  }
}

/** What events of a kind name, each combination once. */
async function named(
  vitals: Vitals,
  contract: "consent" | "claims",
  kind: string,
  names: readonly string[],
): Promise<string[][]> {
  const found = await transactions(vitals, { contract, kind });
  const events = found.flatMap(({ events }) =>
    events.filter((event) => event.contract === contract && event.kind === kind),
  );
  const once = new Map(
    events
      .map(({ attributes }) => names.map((name) => attributes[name] ?? ""))
      .map((values) => [values.join("/"), values]),
  );
  return [...once.values()];
}
