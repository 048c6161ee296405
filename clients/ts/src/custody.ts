// The emergency package: the last days and the next ones, for whoever holds enough of the custodians' shares.

import { inCore } from "./core/index.js";
import { VitalsError } from "./errors.js";
import { putEmergencyPackages } from "./generated/consent-calls.js";
import type { Packages } from "./packages.js";
import { recipientOf } from "./recipients.js";

/**
 * Makes the emergency package anew where that is due: package and shares to the vaults, then the shares' digests to the
 * chain. Says whether it was. Until enough vaults have the shares the chain goes on naming those before.
 * @throws VitalsError `keys/custodians_away` where more vaults lack a share than there are shares to spare
 */
export async function keepCustody(packages: Packages): Promise<boolean> {
  const { vitals, vaults, keyring } = packages;
  const patient = await packages.current();
  const named = await vitals.consent.custodians({ patient: packages.patient });
  const told = named.custodians.map(async (account) => [account, await recipientOf(vitals, account)] as const);
  const recipients = Object.fromEntries(await Promise.all(told));
  const { timeMs: nowMs } = await vitals.head();
  const state = await packages.loaded();
  const files = inCore(() => keyring.emergency({ patient, named, recipients, roll: state.emergency, nowMs }));
  if (!files) return false;
  await vaults.putPackage(packages.patient, files.package);
  const lacking = new Set<string>();
  for (const custodian of files.custodians) {
    const share = files.share(custodian);
    if (!share) continue;
    const { unreached } = await vaults.putShare(packages.patient, share);
    for (const { vault } of unreached) lacking.add(vault);
  }
  if (lacking.size > named.custodians.length - named.threshold) {
    files.free();
    throw new VitalsError(
      "keys/custodians_away",
      `the new shares for an emergency did not reach ${[...lacking].join(", ")}; those before go on being named`,
    );
  }
  const { window, packages: shares, roll } = inCore(() => files.record());
  files.free();
  await packages.save({ ...state, emergency: roll });
  await vitals.send(putEmergencyPackages({ patient: packages.patient, window, packages: shares }));
  return true;
}
