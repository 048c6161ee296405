/** A patient's key file under a passphrase, or out of a backup: scrypt takes a second or two, so not on the page's thread. */
import { combineRecovery, inCore, Keyring, loadCore } from "@cw-vitals/client/core";
import { keptKeyring, openKeyring } from "../session/keyring";

type Bytes = Uint8Array<ArrayBuffer>;

export interface OpenedKeys {
  /** As the session keeps it. */
  keyring: string;
  patient: string;
}

export interface PatientQuestions {
  /** A file that `vitals keys` and this app open with the passphrase. */
  lockKeys: { asked: { keyring: string; identity: string; passphrase: string }; answer: Bytes };
  unlockKeys: { asked: { file: Bytes; passphrase: string; identity: string }; answer: OpenedKeys };
  /** From a backup and enough of the guardians' lines. */
  recoverKeys: { asked: { file: Bytes; lines: string[]; identity: string }; answer: OpenedKeys };
}

export const patientAnswers = {
  async lockKeys({ keyring, identity, passphrase }: PatientQuestions["lockKeys"]["asked"]): Promise<Bytes> {
    await loadCore();
    const keys = openKeyring(keyring, identity);
    try {
      return inCore(() => keys.lock(passphrase)) as Bytes;
    } finally {
      keys.free();
    }
  },
  async unlockKeys({ file, passphrase, identity }: PatientQuestions["unlockKeys"]["asked"]): Promise<OpenedKeys> {
    await loadCore();
    return kept(
      inCore(() => Keyring.unlock(file, passphrase)),
      identity,
    );
  },
  async recoverKeys({ file, lines, identity }: PatientQuestions["recoverKeys"]["asked"]): Promise<OpenedKeys> {
    await loadCore();
    return kept(
      inCore(() => Keyring.unlockWith(file, combineRecovery(lines))),
      identity,
    );
  },
};

function kept(keys: Keyring, identity: string): OpenedKeys {
  try {
    return { keyring: keptKeyring(keys, identity), patient: keys.patient };
  } finally {
    keys.free();
  }
}
