// What an alert is about: the detail, which its patient and whom the patient admits can decrypt.

import { type Finding, type Identity, inCore, loadCore, readFinding } from "./core/index.js";
import { VitalsError } from "./errors.js";
import type { AlertInfo } from "./generated/care.js";
import type { GroundRef, Uint64 } from "./generated/shared.js";
import { parsed } from "./vault-client.js";
import type { Place, Vaults } from "./vaults.js";
import type { Vitals } from "./vitals.js";

/** An alert with its detail. */
export interface AlertDetail {
  readonly info: AlertInfo;
  /** Category and hour that it is kept under. */
  readonly place: Place;
  /** What the analysis found; absent where the alert is of something else, as of a device's condition. */
  readonly finding?: Finding;
  /** The detail as the gateway wrote it. */
  readonly detail: unknown;
}

/**
 * Fetches and decrypts the detail of an alert.
 * @throws VitalsError `alert/no_detail` where the alert has none (an emergency's), `vault/…`, `age/…` where it is not
 * sealed to the identity
 */
export async function readAlert(
  vitals: Vitals,
  vaults: Vaults,
  identity: Identity,
  { patient, alert, ground }: { patient: Uint64; alert: Uint64; ground: GroundRef },
): Promise<AlertDetail> {
  await loadCore();
  const info = await vitals.care.alert({ alert });
  if (!info.digest) throw new VitalsError("alert/no_detail", `alert ${alert} has no detail`);
  const { bytes, place } = await vaults.getAlert(patient, alert, info.digest, ground);
  const plain = inCore(() => identity.open(bytes));
  const detail = parsed(plain);
  return isFinding(detail)
    ? { info, place, detail, finding: inCore(() => readFinding(plain)) }
    : { info, place, detail };
}

/** Findings name a measure and their evidence; what is told of devices does not. */
function isFinding(detail: unknown): boolean {
  return typeof detail === "object" && detail !== null && "measure" in detail && "evidence" in detail;
}
