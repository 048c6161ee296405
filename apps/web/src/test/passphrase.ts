/**
 * Stands in for `session/passphrase` in tests: the core's age files need a worker, and what matters is that the data
 * key goes through them, and that it takes a while.
 */
import { VitalsError } from "@cw-vitals/client/errors";
import { dataKeys, open, seal } from "../session/envelope";

type Bytes = Uint8Array<ArrayBuffer>;

async function under(passphrase: string): Promise<CryptoKey> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(passphrase));
  return (await dataKeys(new Uint8Array(digest))).secrets;
}

let during: (() => Promise<unknown>) | undefined;

/** What happens once, in another window, while the next passphrase is worked on. */
export function meanwhile(act: () => Promise<unknown>): void {
  during = act;
}

async function slowly(): Promise<void> {
  const act = during;
  during = undefined;
  await act?.();
}

export async function wrapWithPassphrase(passphrase: string, plain: Bytes): Promise<Bytes> {
  const { nonce, bytes } = await seal(await under(passphrase), plain, "test");
  return new Uint8Array([...nonce, ...bytes]);
}

export async function unwrapWithPassphrase(passphrase: string, file: Bytes): Promise<Bytes> {
  await slowly();
  const sealed = { nonce: file.slice(0, 12), bytes: file.slice(12) };
  return open(await under(passphrase), sealed, "test").catch(() => {
    throw new VitalsError("session/passphrase", "another");
  });
}
