/** A patient as a guardian sees it, and what waits for the guardian. */
import { allPages, type Vitals, VitalsError } from "@cw-vitals/client";
import type { AlertInfo, CurrentPlan, PlanInfo } from "@cw-vitals/client/care";
import type {
  EmergencyInfo,
  GuardianInfo,
  PatientInfo,
  Power,
  ProposalInfo,
  QuorumsInfo,
  RecoveryInfo,
} from "@cw-vitals/client/consent";
import { isOpen } from "../care/alerts";
import { alertsOf } from "../care/useAlerts";

export interface InCare {
  patient: PatientInfo;
  guardian: GuardianInfo;
  quorums: QuorumsInfo;
  proposals: ProposalInfo[];
  recovery: RecoveryInfo;
  current: CurrentPlan;
  /** The newest version, in whatever state. */
  newest: PlanInfo | undefined;
  emergencies: EmergencyInfo[];
  alerts: AlertInfo[];
}

export async function loadInCare(vitals: Vitals, number: string, me: string): Promise<InCare> {
  const { consent, care } = vitals;
  const of = { patient: number };
  const [patient, guardian, quorums, { proposals }, recovery, current, emergencies, alerts] = await Promise.all([
    consent.patient(of),
    consent.guardian({ ...of, guardian: me }),
    consent.quorums(of),
    consent.proposals(of),
    consent.recovery(of),
    care.currentPlan(of),
    allPages<EmergencyInfo>(async (after) => {
      const page = await consent.emergencies({ ...of, start_after: after?.emergency ?? null, limit: 30 });
      return page.emergencies;
    }),
    alertsOf(vitals, number),
  ]);
  const newest = current.newest > 0 ? await care.plan({ ...of, version: current.newest }) : undefined;
  return { patient, guardian, quorums, proposals, recovery, current, newest, emergencies, alerts };
}

/** A patient on the list, or why nothing is known of it: by code and reason, so that it is kept as the rest is. */
export type Looked = { patient: string } & ({ of: InCare } | { failed: { code: string; reason: string } });

/**
 * Of each by itself: one that does not exist, or that is refused, takes nobody else away.
 * @throws VitalsError where the node does not answer, which is of nobody
 */
export function lookAfter(vitals: Vitals, patients: readonly string[], me: string): Promise<Looked[]> {
  return Promise.all(
    patients.map(async (patient): Promise<Looked> => {
      try {
        return { patient, of: await loadInCare(vitals, patient, me) };
      } catch (error) {
        if (!(error instanceof VitalsError) || error.code.startsWith("node/")) throw error;
        return { patient, failed: { code: error.code, reason: error.reason } };
      }
    }),
  );
}

export type Duty =
  | { kind: "alert"; alert: AlertInfo }
  | { kind: "plan"; plan: PlanInfo }
  | { kind: "proposal"; proposal: ProposalInfo }
  | { kind: "vote"; account: string }
  | { kind: "complete"; account: string }
  | { kind: "review"; emergency: EmergencyInfo };

/** What waits for this guardian at a second, the most urgent first. Only what its powers allow. */
export function duties(of: InCare, me: string, nowS: number): Duty[] {
  const { guardian } = of;
  const may = (power: Power) => guardian.live && guardian.powers.includes(power);
  const found: Duty[] = [];
  if (may("acknowledge")) {
    found.push(...of.alerts.filter(isOpen).map((alert): Duty => ({ kind: "alert", alert })));
    if (of.newest?.state === "proposed") found.push({ kind: "plan", plan: of.newest });
  }
  found.push(...of.proposals.filter((one) => may(one.power) && !one.approvals.includes(me)).map(proposal));
  if (recovers(guardian, nowS)) found.push(...votes(of.recovery, me));
  found.push(...completion(of.recovery, nowS));
  if (may("revoke")) found.push(...of.emergencies.filter((one) => isToReview(one, me)).map(review));
  return found;
}

const proposal = (one: ProposalInfo): Duty => ({ kind: "proposal", proposal: one });
const review = (emergency: EmergencyInfo): Duty => ({ kind: "review", emergency });

/** The power to recover counts only after notice, and may last beyond the others. */
export function recovers({ recovers_from: from, recovers_until: until }: GuardianInfo, nowS: number): boolean {
  return from != null && nowS >= from && (until == null || nowS < until);
}

/** Accounts that others want, while this guardian has not voted. */
function votes({ stage, votes: cast }: RecoveryInfo, me: string): Duty[] {
  const collects = stage && ("collecting" in stage || "vetoed" in stage);
  if (!collects || cast.some(({ guardian }) => guardian === me)) return [];
  const accounts = new Set(cast.map(({ account }) => account));
  return [...accounts].map((account) => ({ kind: "vote", account }));
}

/** Decided, and the delay is over: anybody completes it. */
export function completion({ stage }: RecoveryInfo, nowS: number): Duty[] {
  const decided = stage && ("waiting" in stage ? stage.waiting : "overriding" in stage ? stage.overriding : undefined);
  return decided && nowS >= decided.ready_at ? [{ kind: "complete", account: decided.account }] : [];
}

export const isToReview = (one: EmergencyInfo, me: string) => !one.review && one.responder !== me;

export function isRunning({ ended_at, until }: EmergencyInfo, nowS: number): boolean {
  return ended_at == null && nowS < until;
}

/** How many guardians act together with a power; recovering takes all where nothing was set. */
export function quorumOf(quorums: QuorumsInfo, power: Power): number | "all" | "one" {
  if (power === "recover") return quorums.recover ?? "all";
  if (power === "grant") return quorums.grant ?? "one";
  if (power === "revoke") return quorums.revoke ?? "one";
  return "one";
}
