// Claims on readings: what a policy asks for, found among the patient's batches, proved, and shown before it is
// sent. What a claim publishes is public for ever.

import { fromBase64 } from "@cosmjs/encoding";
import {
  ClaimSearch,
  type ClaimWanted,
  checkEvidence,
  inCore,
  loadCore,
  type PreparedClaim,
  type ShownReading,
} from "./core/index.js";
import { VitalsError } from "./errors.js";
import type { ClaimInfo, PolicyInfo, ProductInfo } from "./generated/claims.js";
import type { BatchId, Binary, GroundRef, Uint64 } from "./generated/shared.js";
import { allPages, PAGE } from "./pages.js";
import type { FailedBatch, Reader, ReadOptions } from "./readings.js";
import type { SendOptions, Sent, Vitals } from "./vitals.js";

/** A policy with the terms it was sold on, and what was claimed under it. */
export interface PolicyFacts {
  readonly policy: PolicyInfo;
  /** In the policy's version. */
  readonly product: ProductInfo;
  readonly claims: readonly ClaimInfo[];
  /** Days that were counted for its reward. */
  readonly rewardDays: readonly number[];
  /** Block time, milliseconds since 1970. */
  readonly nowMs: number;
}

/** A claim that waits to be sent. */
export interface Prepared {
  readonly facts: PolicyFacts;
  /** The message, and what it would publish for ever: show `claim.published` before anything else. */
  readonly claim: PreparedClaim;
  /** Batches that could not be looked at: the claim was found without them. */
  readonly leftOut: readonly FailedBatch[];
}

/** What the chain says of a policy. */
export async function policyFacts(vitals: Vitals, policy: Uint64): Promise<PolicyFacts> {
  const info = await vitals.claims.policy({ policy });
  const [product, claims, rewardDays, { timeMs }] = await Promise.all([
    vitals.claims.product({ product: info.product, version: info.version }),
    allPages(
      async (last: ClaimInfo | undefined) =>
        (await vitals.claims.claims({ policy, start_after: last?.claim ?? null, limit: PAGE })).claims,
    ),
    allPages(
      async (last: number | undefined) =>
        (await vitals.claims.rewardDays({ policy, start_after: last ?? null, limit: PAGE })).days,
    ),
    vitals.head(),
  ]);
  return { policy: info, product, claims, rewardDays, nowMs: timeMs };
}

/** Nothing can be claimed, and there are batches that could not be looked at: what is in them might have been. */
export class ClaimNotFound extends VitalsError {
  constructor(
    readonly found: VitalsError,
    readonly leftOut: readonly FailedBatch[],
  ) {
    super(found.code, found.reason, { cause: found });
  }
}

export interface ClaimRequest {
  readonly policy: Uint64;
  /** Why the account may claim: the patient, a guardian, or a grant to read and disclose for payment. */
  readonly ground: GroundRef;
}

/**
 * The claim on the readings that meet a policy. Nothing is sent.
 * @throws VitalsError `insurance/not_met`, which names the terms that are nearest to being met, `insurance/…` where none
 * can be made now, and as `Reader.open`; a `ClaimNotFound` where batches were left out of the search
 */
export function prepareClaim(
  vitals: Vitals,
  reader: Reader,
  request: ClaimRequest,
  options?: ReadOptions,
): Promise<Prepared> {
  return prepare(
    vitals,
    reader,
    request,
    options,
    (search) => search.wanted(),
    (search) => search.find(request.ground),
  );
}

/** The same for the days that a policy's reward counts. */
export function prepareReward(
  vitals: Vitals,
  reader: Reader,
  request: ClaimRequest,
  options?: ReadOptions,
): Promise<Prepared> {
  return prepare(
    vitals,
    reader,
    request,
    options,
    (search) => search.wantedForReward(),
    (search) => search.findReward(request.ground),
  );
}

/**
 * Sends a claim, which publishes `prepared.claim.published` for ever.
 * @throws VitalsError as `Vitals.send`; the first term that is not met by its code
 */
export function fileClaim(vitals: Vitals, { claim }: Prepared, options?: SendOptions): Promise<Sent> {
  return vitals.send({ contract: "claims", msg: claim.msg as Record<string, unknown> }, options);
}

/**
 * The readings that a claim's evidence shows of a batch, as anybody can check them.
 * @throws VitalsError `proof/…` where it does not lead to the anchored root
 */
export async function readEvidence(vitals: Vitals, batch: BatchId, proof: Binary): Promise<ShownReading[]> {
  await loadCore();
  const info = await vitals.anchor.batch({ id: batch });
  return inCore(() => checkEvidence(info, fromBase64(proof)));
}

async function prepare(
  vitals: Vitals,
  reader: Reader,
  { policy, ground }: ClaimRequest,
  options: ReadOptions | undefined,
  wantedBy: (search: ClaimSearch) => ClaimWanted,
  find: (search: ClaimSearch) => PreparedClaim,
): Promise<Prepared> {
  await loadCore();
  const facts = await policyFacts(vitals, policy);
  const search = inCore(
    () => new ClaimSearch({ ...facts, claims: [...facts.claims], rewardDays: [...facts.rewardDays] }),
  );
  try {
    const { categories, window } = inCore(() => wantedBy(search));
    if (!window) throw new VitalsError("insurance/no_readings", "the policy is about no hour yet");
    const leftOut: FailedBatch[] = [];
    const request = { patient: facts.policy.patient, categories, window, purpose: "HPAYMT", ground } as const;
    for await (const { info, opened } of reader.batches(request, options)) {
      if (opened instanceof VitalsError) {
        leftOut.push({ verified: false, info, error: opened });
        continue;
      }
      // a record may name the next one that is needed
      for (let keys = inCore(() => search.add(opened)); keys.length > 0; keys = inCore(() => search.add(opened))) {
        await putRecords(vitals, search, keys);
      }
      opened.free();
    }
    return { facts, claim: foundIn(search, find, leftOut), leftOut };
  } finally {
    search.free();
  }
}

function foundIn(
  search: ClaimSearch,
  find: (search: ClaimSearch) => PreparedClaim,
  leftOut: readonly FailedBatch[],
): PreparedClaim {
  try {
    return inCore(() => find(search));
  } catch (error) {
    throw error instanceof VitalsError && leftOut.length > 0 ? new ClaimNotFound(error, leftOut) : error;
  }
}

/** Records of the device registry, read as contracts read them. */
async function putRecords(vitals: Vitals, search: ClaimSearch, keys: readonly Uint8Array[]): Promise<void> {
  const { node, network } = vitals;
  for (const key of keys) {
    const value = await node.raw(network.deployment.deviceRegistry, key);
    search.put(key, value.length > 0 ? value : undefined);
  }
}
