// Emergencies as a responder sees them: opened with a written reason, read by the shares of custodians.

import { toBase64 } from "@cosmjs/encoding";
import { attribute, expectEvent } from "./chain-events.js";
import { type EmergencyKey, EmergencyShares, type Identity, inCore, KeyPackage, loadCore } from "./core/index.js";
import { textOf, VitalsError } from "./errors.js";
import type { CustodiansInfo, EmergencyInfo } from "./generated/consent.js";
import { openEmergency as openCall, setRecipient } from "./generated/consent-calls.js";
import type { Category, Uint64 } from "./generated/shared.js";
import { type FailedBatch, type OpenedBatch, Reader, type ReadOptions } from "./readings.js";
import { digest } from "./request.js";
import type { CallOptions } from "./vault-client.js";
import type { Vaults } from "./vaults.js";
import type { Vitals } from "./vitals.js";

export interface EmergencyRequest {
  readonly patient: Uint64;
  /** Why, in writing. Its digest goes to the chain: keep the text, the review asks for it. */
  readonly reason: string;
  /** How far back to read: at most 336. */
  readonly hoursBack: number;
  /** For how long, in seconds: at most 24 h. */
  readonly forS: number;
}

/**
 * Opens an emergency. Patient and guardians are told, and somebody reviews it. The identity's recipient is published
 * in the same transaction where the account published none.
 * @throws VitalsError `keys/other_recipient` where the account published another one, consent's refusal
 */
export async function openEmergency(
  vitals: Vitals,
  identity: Identity,
  request: EmergencyRequest,
): Promise<EmergencyInfo> {
  const { patient, reason, hoursBack, forS } = request;
  const publish = await recipientCall(vitals, identity);
  const reasonDigest = toBase64(await digest(new TextEncoder().encode(reason)));
  const open = openCall({ patient, reason: reasonDigest, hours_back: hoursBack, for_s: forS });
  const { events } = await vitals.send([...publish, open]);
  const emergency = attribute(expectEvent(events, "consent", "emergency_opened"), "emergency");
  return vitals.consent.emergency({ patient, emergency });
}

async function recipientCall(vitals: Vitals, identity: Identity): Promise<ReturnType<typeof setRecipient>[]> {
  const account = vitals.account?.address ?? "";
  const { recipient } = await vitals.consent.recipient({ account });
  if (!recipient) return [setRecipient({ recipient: identity.recipient })];
  if (recipient === identity.recipient) return [];
  throw new VitalsError("keys/other_recipient", `${account} published ${recipient}, which this identity does not open`);
}

/**
 * The keys of an emergency: every custodian among the network's vaults is asked at once for its share, and whoever is
 * slow is not waited for.
 * @throws VitalsError `emergency/nothing_kept` where the patient named no custodians, `emergency/shares_missing` with
 * what each custodian said, `emergency/other_package` where shares are not of the package on the chain
 */
export async function emergencyKeys(
  vitals: Vitals,
  vaults: Vaults,
  identity: Identity,
  patient: Uint64,
  emergency: Uint64,
  options?: CallOptions,
): Promise<KeyPackage> {
  await loadCore();
  const named = await vitals.consent.custodians({ patient });
  if (!named.packages) {
    throw new VitalsError(
      "emergency/nothing_kept",
      "the patient named no custodians, or gave them no shares: permission is all there is",
    );
  }
  const key = await gather(vaults, identity, patient, emergency, options);
  try {
    checkExpected(key, named);
    const file = await vaults.getEmergencyPackage(patient, emergency, toBase64(key.packageDigest), options);
    return inCore(() => KeyPackage.open(file, key.identity()));
  } finally {
    key.free();
  }
}

/** Reads what an emergency permits: see `Reader.open`. */
export async function* readEmergency(
  vitals: Vitals,
  vaults: Vaults,
  identity: Identity,
  { patient, emergency, categories }: { patient: Uint64; emergency: Uint64; categories: readonly Category[] },
  options?: ReadOptions,
): AsyncGenerator<OpenedBatch | FailedBatch> {
  const { window } = await vitals.consent.emergency({ patient, emergency });
  const keys = await emergencyKeys(vitals, vaults, identity, patient, emergency, options);
  const ground = { emergency: { id: Number(emergency) } };
  yield* new Reader(vitals, vaults, keys).open({ patient, categories, window, purpose: "ETREAT", ground }, options);
}

/** As soon as enough shares go together. */
async function gather(
  vaults: Vaults,
  identity: Identity,
  patient: Uint64,
  emergency: Uint64,
  options?: CallOptions,
): Promise<EmergencyKey> {
  const shares = new EmergencyShares();
  const refused: string[] = [];
  const target = `/v1/emergency/${patient}/${emergency}/share`;
  const waiting = new Map(
    vaults.clients.map((client) => {
      const { name } = client.at;
      const answer = client.call({ method: "GET", target }, options);
      return [
        name,
        answer.then(
          ({ bytes }) => ({ name, bytes }),
          (error: unknown) => ({ name, error }),
        ),
      ] as const;
    }),
  );
  let missing = new VitalsError("emergency/shares_missing", "no custodian is among the network's vaults");
  while (waiting.size > 0) {
    const answer = await Promise.race(waiting.values());
    waiting.delete(answer.name);
    try {
      if ("error" in answer) throw answer.error;
      shares.add(answer.bytes, identity);
    } catch (error) {
      refused.push(`${answer.name}: ${textOf(error)}`);
    }
    try {
      return shares.combine();
    } catch (error) {
      missing = new VitalsError("emergency/shares_missing", [textOf(error), ...refused].join("; "), { cause: error });
    }
  }
  options?.signal?.throwIfAborted();
  throw missing;
}

/** Shares that were made for another package, or made up, are not those that the chain tells of. */
function checkExpected(key: EmergencyKey, { packages }: CustodiansInfo): void {
  const same =
    packages?.generation === key.generation && packages.window.from === key.from && packages.window.to === key.to;
  if (!same) throw new VitalsError("emergency/other_package", "the shares are not of the package on the chain");
}
