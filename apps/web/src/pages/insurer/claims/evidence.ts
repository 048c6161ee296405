/** What a paid claim published, gathered from the chain's history; the core verifies it. */
import { type CallSeen, transactions, type Vitals, VitalsError } from "@cw-vitals/client";
import type { ClaimInfo, EvidenceMsg, PolicyInfo, ProductInfo } from "@cw-vitals/client/claims";
import type { DeviceInfo, UsableInfo } from "@cw-vitals/client/registry";
import type { Asked, Exhibit, JudgedClaim } from "../../../worker/insurer";
import { core } from "../../../worker/pool";

export interface ExhibitShown extends Exhibit {
  device: DeviceInfo;
  /** Whether what it measured then counts by what the chain says of it now: it may have been reported lost since. */
  usable: UsableInfo;
}

export interface Verified {
  /** The transaction that published it. */
  tx: string;
  height: number;
  exhibits: ExhibitShown[];
  judged: JudgedClaim;
}

/** @throws VitalsError `insurer/no_transaction` where the node's index has no transaction with the evidence */
export async function verifiedClaim(
  vitals: Vitals,
  claim: ClaimInfo,
  policy: PolicyInfo,
  product: ProductInfo,
): Promise<Verified> {
  const { evidence, tx, height } = await published(vitals, claim);
  const exhibits = await Promise.all(evidence.map((one) => exhibit(vitals, one)));
  const judged = await core().ask("judgeClaim", { asked: termsOf(policy, product), exhibits });
  return { tx, height, exhibits, judged };
}

function termsOf(policy: PolicyInfo, { terms }: ProductInfo): Asked {
  if (!("disclosed" in terms.evidence))
    throw new VitalsError("insurer/not_of_readings", `product ${policy.product} is not paid for readings`);
  const { rule, models } = terms.evidence.disclosed;
  return { rule, models, bound_at: policy.bound_at };
}

async function published(
  vitals: Vitals,
  { policy, claim }: ClaimInfo,
): Promise<{ evidence: EvidenceMsg[]; tx: string; height: number }> {
  const attributes = { policy, claim: String(claim) };
  for (const { calls, hash, height } of await transactions(vitals, {
    contract: "claims",
    kind: "claim_paid",
    attributes,
  })) {
    const evidence = evidenceIn(calls, policy);
    if (evidence) return { evidence, tx: hash, height };
  }
  throw new VitalsError(
    "insurer/no_transaction",
    `the node has no transaction in which claim ${claim} of policy ${policy} was sent`,
  );
}

/** The evidence of the one claim on a policy that a transaction carried. */
export function evidenceIn(calls: readonly CallSeen[], policy: string): EvidenceMsg[] | undefined {
  const found = calls.flatMap(({ contract, msg }) => {
    const claim = msg.claim as { policy?: unknown; evidence?: unknown } | undefined;
    return contract === "claims" && claim?.policy === policy && Array.isArray(claim.evidence)
      ? [claim.evidence as EvidenceMsg[]]
      : [];
  });
  // a policy's second claim in the same transaction could not be told from the first
  return found.length === 1 ? found[0] : undefined;
}

async function exhibit({ anchor, registry }: Vitals, evidence: EvidenceMsg): Promise<ExhibitShown> {
  const [batch, device] = await Promise.all([
    anchor.batch({ id: evidence.batch }),
    registry.device({ device: evidence.batch.device }),
  ]);
  const [pairing, usable] = await Promise.all([
    registry.pairing({ device: device.device, pairing: batch.pairing }),
    registry.usable({ device: device.device, at_ms: batch.first_at_ms }),
  ]);
  return { evidence, batch, pairing, model: device.model, device, usable };
}

/** What was verified uses up the very time that the contract says the claim used up. */
export function isSameWindow(judged: JudgedClaim, window: { from_ms: number; to_ms: number }): boolean {
  return judged.window !== null && judged.window.from_ms === window.from_ms && judged.window.to_ms === window.to_ms;
}
