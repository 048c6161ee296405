/** What the chain knows of a patient, as the contracts answer. */
import { allPages, isVitalsError, type Vitals } from "@cw-vitals/client";
import type * as care from "@cw-vitals/client/care";
import type * as claims from "@cw-vitals/client/claims";
import type * as consent from "@cw-vitals/client/consent";
import type * as registry from "@cw-vitals/client/registry";

const PAGE = { limit: 30 };

export type Section = [name: string, ask: () => Promise<unknown>];

/** Each file under `chain`, with what asks for it. */
export function chainSections(vitals: Vitals, patient: string): Section[] {
  const { consent: asked, care: cared } = vitals;
  return [
    ["chain/patient.json", () => asked.patient({ patient })],
    ["chain/grants.json", () => grantsOf(vitals, patient)],
    ["chain/denials.json", () => denialsOf(vitals, patient)],
    ["chain/guardians.json", () => guardiansOf(vitals, patient)],
    ["chain/quorums.json", () => asked.quorums({ patient })],
    ["chain/proposals.json", () => asked.proposals({ patient })],
    ["chain/recovery.json", () => asked.recovery({ patient })],
    ["chain/timing.json", () => asked.timing()],
    ["chain/custodians.json", () => asked.custodians({ patient })],
    [
      "chain/emergencies.json",
      () =>
        allPages<consent.EmergencyInfo>(
          async (after) =>
            (await asked.emergencies({ patient, ...PAGE, ...(after && { start_after: after.emergency }) })).emergencies,
        ),
    ],
    [
      "chain/anchored_logs.json",
      () =>
        allPages<consent.AnchoredLog>(
          async (after) =>
            (await asked.receipts({ patient, ...PAGE, ...(after && { start_after: after.vault }) })).logs,
        ),
    ],
    ["chain/alerts.json", () => alertsOf(vitals, patient)],
    ["chain/ladders.json", () => laddersOf(vitals, patient)],
    ["chain/plans.json", () => plansOf(vitals, patient)],
    [
      "chain/adherence.json",
      () =>
        allPages<care.AdherenceInfo>(
          async (after) =>
            (await cared.adherence({ patient, ...PAGE, ...(after && { start_after: after.report }) })).reports,
        ),
    ],
    ["chain/policies.json", () => policiesOf(vitals, patient)],
  ];
}

export const grantsOf = ({ consent: asked }: Vitals, patient: string) =>
  allPages<consent.GrantInfo>(
    async (after) => (await asked.grants({ patient, ...PAGE, ...(after && { start_after: after.grant }) })).grants,
  );

const guardiansOf = ({ consent: asked }: Vitals, patient: string) =>
  allPages<consent.NamedGuardian>(
    async (after) =>
      (await asked.guardians({ patient, ...PAGE, ...(after && { start_after: after.guardian }) })).guardians,
  );

export const alertsOf = ({ care: asked }: Vitals, patient: string) =>
  allPages<care.AlertInfo>(
    async (after) => (await asked.alerts({ patient, ...PAGE, ...(after && { start_after: after.alert }) })).alerts,
  );

export const plansOf = ({ care: asked }: Vitals, patient: string) =>
  allPages<care.PlanInfo>(
    async (after) => (await asked.plans({ patient, ...PAGE, ...(after && { start_after: after.version }) })).plans,
  );

/** The contract lists no denials: those the patient ever dealt with are asked about. */
async function denialsOf(vitals: Vitals, patient: string): Promise<unknown[]> {
  const [grants, guardians] = await Promise.all([grantsOf(vitals, patient), guardiansOf(vitals, patient)]);
  const parties = [
    ...grants.map(({ grantee }) => grantee),
    ...guardians.map(({ guardian }) => ({ account: guardian })),
  ];
  const each = new Map(parties.map((whom) => [JSON.stringify(whom), whom]));
  const asked = [...each.values()].map(async (whom) => ({ whom, ...(await vitals.consent.denial({ patient, whom })) }));
  return (await Promise.all(asked)).filter(({ since }) => since != null);
}

/** Ladders have any number of a byte. */
async function laddersOf(vitals: Vitals, patient: string): Promise<Record<string, care.LadderInfo>> {
  const found: Record<string, care.LadderInfo> = {};
  for (let ladder = 0; ladder < 256; ladder++) {
    try {
      found[ladder] = await vitals.care.ladder({ patient, ladder });
    } catch (error) {
      if (!isVitalsError(error, "care/unknown_ladder")) throw error;
    }
  }
  return found;
}

async function policiesOf(vitals: Vitals, patient: string): Promise<unknown[]> {
  const { claims: asked } = vitals;
  const policies = await allPages<claims.PolicyInfo>(
    async (after) => (await asked.policies({ patient, ...PAGE, ...(after && { start_after: after.policy }) })).policies,
  );
  return Promise.all(
    policies.map(async (info) => {
      const { policy } = info;
      const [product, filed, history] = await Promise.all([
        asked.product({ product: info.product, version: info.version }),
        allPages<claims.ClaimInfo>(
          async (after) => (await asked.claims({ policy, ...PAGE, ...(after && { start_after: after.claim }) })).claims,
        ),
        asked.history({ policy, ...PAGE }),
      ]);
      return { policy: info, product, claims: filed, history: history.entries };
    }),
  );
}

/** Each device that is or was with the patient: its record, its keys, its pairings, its holes. */
export async function devicesOf(vitals: Vitals, patient: string): Promise<{ number: string; record: unknown }[]> {
  const { registry: asked, anchor } = vitals;
  const listed = await allPages<registry.PatientDevice>(
    async (after) => (await asked.devices({ patient, ...PAGE, ...(after && { start_after: after.device }) })).devices,
  );
  return Promise.all(
    listed.map(async ({ device }) => {
      const info = await asked.device({ device });
      const [model, keys, pairings, gaps] = await Promise.all([
        asked.model({ model: info.model }),
        asked.keyHistory({ device, ...PAGE }),
        asked.pairings({ device, ...PAGE }),
        anchor.gaps({ device, ...PAGE }),
      ]);
      const own = pairings.pairings.filter((pairing) => pairing.patient === patient);
      return { number: device, record: { device: info, model, keys: keys.keys, pairings: own, gaps: gaps.gaps } };
    }),
  );
}
