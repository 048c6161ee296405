/** The app's side of the workers that hold the wasm: at most two, made when they are needed. */
import type { Account } from "@cw-vitals/client";
import { vaultFaults } from "../data/vault-faults";
import { scriptUrl } from "../shell/trusted";
import workerUrl from "./core.worker?worker&url";
import { plain, revived } from "./errors";
import type {
  FailedMessage,
  FromWorker,
  OpenedMessage,
  Question,
  Questions,
  ReadJob,
  ToSign,
  ToWorker,
} from "./protocol";

/** What comes of a read, as it comes. */
export interface ReadHandlers {
  opened(batch: OpenedMessage): void;
  failed(batch: FailedMessage): void;
  progress(done: number, of: number): void;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: unknown): void;
  handlers?: ReadHandlers;
  account?: Account;
}

let lastId = 0;

/** One worker, and what it was asked. */
export class Core {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();

  constructor(worker: Worker) {
    this.worker = worker;
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.heard(data);
    worker.onerror = (event) => this.broken(new Error(event.message || "the worker could not be started"));
  }

  /** How much it has to do. */
  get load(): number {
    return this.waiting.size;
  }

  ask<Q extends Question>(question: Q, asked: Questions[Q]["asked"]): Promise<Questions[Q]["answer"]> {
    const id = this.nextId();
    return this.say({ type: "ask", id, question, asked }, {}) as Promise<Questions[Q]["answer"]>;
  }

  /** Reads until all batches were told; rejects with the signal's reason as soon as it is aborted. */
  async read(job: ReadJob, account: Account, handlers: ReadHandlers, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const id = this.nextId();
    const done = this.say({ type: "read", id, job }, { handlers, account });
    const cancel = () => {
      this.post({ type: "cancel", id });
      this.settle(id)?.reject(signal.reason);
    };
    signal.addEventListener("abort", cancel, { once: true });
    try {
      await done;
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  }

  private nextId(): number {
    lastId += 1;
    return lastId;
  }

  private say(
    message: Extract<ToWorker, { type: "ask" | "read" }>,
    more: Pick<Waiting, "handlers" | "account">,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.waiting.set(message.id, { resolve, reject, ...more });
      this.post(message);
    });
  }

  private post(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  private heard(message: FromWorker): void {
    if (message.type === "fault") {
      vaultFaults.tell(message.fault);
      return;
    }
    const waiting = this.waiting.get(message.id);
    // of something cancelled
    if (!waiting) return;
    if (message.type === "opened") waiting.handlers?.opened(message.batch);
    else if (message.type === "failed") waiting.handlers?.failed(message.batch);
    else if (message.type === "progress") waiting.handlers?.progress(message.done, message.of);
    else if (message.type === "sign") void this.sign(waiting.account, message.sign, message.what);
    else if (message.type === "error") this.settle(message.id)?.reject(revived(message.error));
    else this.settle(message.id)?.resolve(message.type === "answer" ? message.answer : undefined);
  }

  private async sign(account: Account | undefined, sign: number, what: ToSign): Promise<void> {
    try {
      const signed = await ("data" in what
        ? account?.signArbitrary(what.data)
        : account?.authorizeRead?.(what.request, what.renew));
      this.post({ type: "signed", sign, ...(signed ? { signed } : { error: { reason: "no account" } }) });
    } catch (error) {
      this.post({ type: "signed", sign, error: plain(error) });
    }
  }

  private settle(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    return waiting;
  }

  /** A worker that died answers nothing: all that waits fails, and a new one is made next time. */
  private broken(error: Error): void {
    for (const id of [...this.waiting.keys()]) this.settle(id)?.reject(error);
    this.worker.terminate();
    cores.delete(this);
  }

  end(): void {
    this.broken(new Error("the app was locked"));
  }
}

const MOST = 2;
const cores = new Set<Core>();

/** The worker with the least to do. */
export function core(): Core {
  const idle = [...cores].sort((a, b) => a.load - b.load)[0];
  if (idle && (idle.load === 0 || cores.size >= MOST)) return idle;
  const url = scriptUrl(new URL(workerUrl, document.baseURI)) as string;
  const made = new Core(new Worker(url, { type: "module", name: "core" }));
  cores.add(made);
  return made;
}

/** Ends all workers, and with them the keys that they hold. */
export function endCores(): void {
  for (const one of [...cores]) one.end();
}
