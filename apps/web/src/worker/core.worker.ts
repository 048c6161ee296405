/// <reference lib="webworker" />
/** Runs the wasm core off the page's thread. */
import type { Account } from "@cw-vitals/client";
import { VitalsError } from "@cw-vitals/client/errors";
import { answers } from "./answers";
import { plain, revived } from "./errors";
import type { FromWorker, PlainError, ReadJob, ToWorker } from "./protocol";
import { reader } from "./reader";

declare const self: DedicatedWorkerGlobalScope;

const say = (message: FromWorker, transfer: Transferable[] = []) => self.postMessage(message, transfer);

const running = new Map<number, AbortController>();
const signing = new Map<number, { resolve(signature: Uint8Array): void; reject(error: Error): void }>();
let lastSign = 0;

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === "ask") void answer(data);
  else if (data.type === "read") void read(data.id, data.job);
  else if (data.type === "cancel") running.get(data.id)?.abort();
  else signed(data.sign, data.signature, data.error);
};

async function answer({ id, question, asked }: Extract<ToWorker, { type: "ask" }>): Promise<void> {
  try {
    say({ type: "answer", id, answer: await answers[question](asked as never) });
  } catch (error) {
    say({ type: "error", id, error: plain(error) });
  }
}

async function read(id: number, job: ReadJob): Promise<void> {
  const control = new AbortController();
  running.set(id, control);
  try {
    const { signal } = control;
    const { reader: _, ...request } = job;
    const opening = (await reader(job, accountOf(id, job))).open(request, {
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
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
    }
    say({ type: "done", id });
  } catch (error) {
    say({ type: "error", id, error: plain(error) });
  } finally {
    running.delete(id);
  }
}

/** An account whose key is with the app: each signature is asked for there. */
function accountOf(id: number, { reader: { address, publicKey } }: ReadJob): Account {
  return {
    address,
    publicKey,
    signer: {
      getAccounts: async () => [{ address, pubkey: publicKey, algo: "secp256k1" }],
      signDirect: () => Promise.reject(new VitalsError("account/none", "a reader sends no transactions")),
    },
    signArbitrary: (data) =>
      new Promise((resolve, reject) => {
        lastSign += 1;
        signing.set(lastSign, { resolve, reject });
        say({ type: "sign", id, sign: lastSign, data });
      }),
  };
}

function signed(sign: number, signature: Uint8Array | undefined, error: PlainError | undefined): void {
  const waiting = signing.get(sign);
  signing.delete(sign);
  if (signature) waiting?.resolve(signature);
  else waiting?.reject(revived(error ?? { reason: "not signed" }));
}
