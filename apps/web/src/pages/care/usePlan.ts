import { type GroundRef, type Vitals, VitalsError } from "@cw-vitals/client";
import type { PlanInfo } from "@cw-vitals/client/care";
import { useQuery } from "@tanstack/react-query";
import { codeOf } from "../../data/errors";
import { useVitals } from "../../data/live";
import { vaultsOf } from "../../data/vaults";
import { type OpenSession, useSession } from "../../session/useSession";
import { epochOf, groundForAll } from "./access";
import type { Capacity } from "./ground";
import { identityOf } from "./identity";
import type { Plan } from "./plan";

/**
 * A plan decrypted. Another version or digest is another plan, so what was opened never gets old; asked for again when
 * consent changes, so that it goes from the screen of whom it was taken from.
 */
export function usePlan(patient: string, plan: PlanInfo | undefined, capacity: Capacity, enabled = true) {
  const session = useSession();
  const vitals = useVitals();
  return useQuery({
    queryKey: [session.address, "plan-file", patient, plan?.version, plan?.digest],
    meta: { patient, contracts: capacity === "patient" ? [] : ["consent"] },
    // who said no to the wallet is not asked at once again
    retry: (count, error) => count === 0 && !codeOf(error)?.startsWith("wallet/"),
    enabled: enabled && vitals !== undefined && plan !== undefined,
    queryFn: () => openPlan(vitals as Vitals, session, { patient, plan: plan as PlanInfo, capacity }),
  });
}

type Opener = Pick<OpenSession, "network" | "account" | "secrets">;

/** @throws VitalsError `keys/none`, `vault/…`, `age/…`, `plan/…`, or the refusal by consent */
export async function openPlan(
  vitals: Vitals,
  by: Opener,
  asked: { patient: string; plan: PlanInfo; capacity: Capacity },
): Promise<Plan> {
  const { patient, plan } = asked;
  const identity = await identityOf(by.secrets);
  const ground = await planGround(vitals, by.account.address, asked);
  const { readPlan } = await import("@cw-vitals/client/plans");
  const vaults = vaultsOf(by);
  const read = await readPlan(vitals, vaults, identity, { patient, version: plan.version, ground });
  return read.plan as Plan;
}

async function planGround(
  vitals: Vitals,
  who: string,
  asked: { patient: string; plan: PlanInfo; capacity: Capacity },
): Promise<GroundRef> {
  const { patient, plan, capacity } = asked;
  if (capacity === "patient") return { patient: {} };
  if (capacity === "guardian") return { guardian: {} };
  const wanted = { patient, who, epoch: epochOf((await vitals.head()).timeMs) };
  const ground =
    (await groundForAll(vitals, { ...wanted, action: "write_plan" }, plan.categories)) ??
    (await groundForAll(vitals, { ...wanted, action: "read" }, plan.categories));
  if (ground) return ground;
  throw new VitalsError("consent/category_not_granted", "no grant of yours covers all that this plan is about");
}
