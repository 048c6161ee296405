import { type Account, type VaultObserver, Vaults, Vitals } from "@cw-vitals/client";
import { Identity, inCore, type KeyPackage, loadCore } from "@cw-vitals/client/core";
import { emergencyKeys } from "@cw-vitals/client/emergency";
import { VitalsError } from "@cw-vitals/client/errors";
import { type Keys, Reader } from "@cw-vitals/client/readings";
import { openKeyring } from "../session/keyring";
import type { ReaderAccount, ReadJob } from "./protocol";

type Asked = Pick<ReadJob, "reader" | "patient" | "ground">;

/** A reader of that account. The connection to the node is kept for the next one. */
export async function reader(
  { reader: account, patient, ground }: Asked,
  signer: Account,
  onFault: VaultObserver,
): Promise<Reader> {
  await loadCore();
  const vitals = (await connected(account)).withAccount(signer);
  const vaults = new Vaults(account.network, signer, onFault);
  const own = keysOf(account);
  if (!("emergency" in ground) || !(own instanceof Identity)) return new Reader(vitals, vaults, own);
  return new Reader(vitals, vaults, await emergencyPackage(vitals, vaults, own, patient, String(ground.emergency.id)));
}

const emergencies = new Map<string, Promise<KeyPackage>>();

/** Put together from the shares of custodians, once for each emergency: custodians give few of them at a time. */
function emergencyPackage(
  vitals: Vitals,
  vaults: Vaults,
  own: Identity,
  patient: string,
  emergency: string,
): Promise<KeyPackage> {
  const name = `${own.recipient}/${patient}/${emergency}`;
  const kept = emergencies.get(name);
  if (kept) return kept;
  const keys = emergencyKeys(vitals, vaults, own, patient, emergency);
  emergencies.set(name, keys);
  keys.catch(() => emergencies.delete(name));
  return keys;
}

let connection: Promise<Vitals> | undefined;

function connected({ network }: ReaderAccount): Promise<Vitals> {
  connection ??= Vitals.connect(network).catch((error: unknown) => {
    connection = undefined;
    throw error;
  });
  return connection;
}

function keysOf({ identity, keyring }: ReaderAccount): Keys {
  if (identity === undefined)
    throw new VitalsError("keys/none", "this account has no decryption identity in this browser");
  return keyring === undefined ? inCore(() => Identity.parse(identity)) : openKeyring(keyring, identity);
}
