/** Age files under a passphrase (scrypt, 2^18), by the core in a worker: it takes a second or two. */
import { isVitalsError, VitalsError } from "@cw-vitals/client/errors";
import { core } from "../worker/pool";

type Bytes = Uint8Array<ArrayBuffer>;

export function wrapWithPassphrase(passphrase: string, plain: Bytes): Promise<Bytes> {
  return core().ask("wrap", { passphrase, bytes: plain });
}

/** @throws VitalsError `session/passphrase` where it is another one, `keys/…` where the file was altered */
export async function unwrapWithPassphrase(passphrase: string, file: Bytes): Promise<Bytes> {
  try {
    return await core().ask("unwrap", { passphrase, bytes: file });
  } catch (cause) {
    if (!isVitalsError(cause, "keys/wrong_passphrase")) throw cause;
    throw new VitalsError("session/passphrase", "the passphrase does not open this account", { cause });
  }
}
