/** A patient's key file under a passphrase, or out of a backup: scrypt takes a second or two, so not on the page's thread. */
import { combineRecovery, inCore, Keyring, loadCore } from "@cw-vitals/client/core";
import { keptKeyring, openKeyring } from "../session/keyring";
import { type Loss, lossOf } from "./loss";

type Bytes = Uint8Array<ArrayBuffer>;

export interface OpenedKeys {
  /** As the session keeps it. */
  keyring: string;
  patient: string;
  /** Of what the browser held. */
  loss: Loss;
}

interface Into {
  identity: string;
  /** The keys that the browser holds, as the session keeps them. */
  held: string | undefined;
}

export interface PatientQuestions {
  /** A file that `vitals keys` and this app open with the passphrase. */
  lockKeys: { asked: { keyring: string; identity: string; passphrase: string }; answer: Bytes };
  unlockKeys: { asked: Into & { file: Bytes; passphrase: string }; answer: OpenedKeys };
  /** From a backup and enough of the guardians' lines. */
  recoverKeys: { asked: Into & { file: Bytes; lines: string[] }; answer: OpenedKeys };
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
  async unlockKeys({ file, passphrase, ...into }: PatientQuestions["unlockKeys"]["asked"]): Promise<OpenedKeys> {
    await loadCore();
    return kept(
      inCore(() => Keyring.unlock(file, passphrase)),
      into,
    );
  },
  async recoverKeys({ file, lines, ...into }: PatientQuestions["recoverKeys"]["asked"]): Promise<OpenedKeys> {
    await loadCore();
    return kept(
      inCore(() => Keyring.unlockWith(file, combineRecovery(lines))),
      into,
    );
  },
};

function kept(keys: Keyring, { identity, held }: Into): OpenedKeys {
  const before = heldKeys(held, identity);
  try {
    return { keyring: keptKeyring(keys, identity), patient: keys.patient, loss: lossOf(keys, before) };
  } finally {
    keys.free();
    before?.free();
  }
}

/** None where they do not open: nothing is lost with what nobody can use. */
function heldKeys(held: string | undefined, identity: string): Keyring | undefined {
  try {
    return held === undefined ? undefined : openKeyring(held, identity);
  } catch {
    return undefined;
  }
}
