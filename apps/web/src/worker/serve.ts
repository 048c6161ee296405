/// <reference lib="webworker" />
/** The worker's side of the protocol, wherever its batches come from. */
import type { Account, VaultObserver } from "@cw-vitals/client";
import { VitalsError } from "@cw-vitals/client/errors";
import type { Reader } from "@cw-vitals/client/readings";
import { answers } from "./answers";
import { plain, revived } from "./errors";
import type { FromWorker, PlainError, ReadJob, ToSign, ToWorker } from "./protocol";

declare const self: DedicatedWorkerGlobalScope;

const say = (message: FromWorker, transfer: Transferable[] = []) => self.postMessage(message, transfer);

const running = new Map<number, AbortController>();
const signing = new Map<number, { resolve(signed: unknown): void; reject(error: Error): void }>();
let lastSign = 0;

/** A reader for a job, which signs as that account and tells of vaults that it passed over. */
export type ReaderOf = (job: ReadJob, signer: Account, onFault: VaultObserver) => Promise<Reader>;

const tellFault: VaultObserver = ({ error, ...fault }) =>
  say({ type: "fault", fault: { ...fault, error: plain(error) } });

/** Answers what the page says, with readers from `readerOf`. */
export function serve(readerOf: ReaderOf): void {
  self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.type === "ask") void answer(data);
    else if (data.type === "read") void read(data.id, data.job, readerOf);
    else if (data.type === "cancel") running.get(data.id)?.abort();
    else settle(data.sign, data.signed, data.error);
  };
}

async function answer({ id, question, asked }: Extract<ToWorker, { type: "ask" }>): Promise<void> {
  try {
    say({ type: "answer", id, answer: await answers[question](asked as never) });
  } catch (error) {
    say({ type: "error", id, error: plain(error) });
  }
}

async function read(id: number, job: ReadJob, readerOf: ReaderOf): Promise<void> {
  const control = new AbortController();
  running.set(id, control);
  try {
    const { signal } = control;
    const { reader: _, ...request } = job;
    const opening = (await readerOf(job, accountOf(id, job), tellFault)).open(request, {
      signal,
      atOnce: job.reader.atOnce,
      onProgress: ({ done, of }) => say({ type: "progress", id, done, of }),
    });
    for await (const batch of opening) {
      if (!batch.verified) say({ type: "failed", id, batch: { info: batch.info, error: plain(batch.error) } });
      else {
        const { verified: _verified, ...opened } = batch;
        const { measures, values, times, flags } = opened;
        say({ type: "opened", id, batch: opened }, [
          measures.buffer,
          values.buffer,
          times.buffer,
          flags.buffer,
        ] as ArrayBuffer[]);
      }
      // lets a cancel in between batches, since the wasm's calls are synchronous
      await turn();
      signal.throwIfAborted();
    }
    say({ type: "done", id });
  } catch (error) {
    say({ type: "error", id, error: plain(error) });
  } finally {
    running.delete(id);
  }
}

/** Until what was said meanwhile was heard. A timer would take 4 ms each time: browsers slow those that follow each other. */
function turn(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** An account whose key is with the app: each signature is asked for there. */
function accountOf(id: number, { reader: { address, publicKey, sessions } }: ReadJob): Account {
  const asked = <T>(what: ToSign): Promise<T> =>
    new Promise((resolve, reject) => {
      lastSign += 1;
      signing.set(lastSign, { resolve: resolve as (signed: unknown) => void, reject });
      say({ type: "sign", id, sign: lastSign, what });
    });
  return {
    address,
    publicKey,
    signer: {
      getAccounts: async () => [{ address, pubkey: publicKey, algo: "secp256k1" }],
      signDirect: () => Promise.reject(new VitalsError("account/none", "a reader sends no transactions")),
    },
    signArbitrary: (data) => asked({ data }),
    ...(sessions && { authorizeRead: (request, renew = false) => asked({ request, renew }) }),
  };
}

function settle(sign: number, signed: Uint8Array | string | undefined, error: PlainError | undefined): void {
  const waiting = signing.get(sign);
  signing.delete(sign);
  if (signed) waiting?.resolve(signed);
  else waiting?.reject(revived(error ?? { reason: "not signed" }));
}
