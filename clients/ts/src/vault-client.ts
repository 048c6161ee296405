// One vault, as one account.

import type { Account } from "./account.js";
import { isVitalsError, textOf, VitalsError } from "./errors.js";
import type { VaultAt } from "./network.js";
import { type Asked, authorization, ownAuthorization, payload } from "./request.js";
import { hasAnswered, patienceWith, wasSilent } from "./silence.js";

/** Longest wait for a whole answer. */
const TIMEOUT_MS = 30_000;
/** Longest answer that is read; no blob or package is as long. */
const MOST_BYTES = 16 << 20;

/** Vaults ask for patience by these; how long to wait before each further try, in milliseconds. */
const PATIENCE: Readonly<Record<string, { readonly wait: number; readonly tries: number }>> = {
  // 20 requests a second of an account
  "vault/rate": { wait: 500, tries: 20 },
  // 4,096 requests within five minutes of an account
  "vault/busy": { wait: 5_000, tries: 70 },
};

/** What a vault answered. */
export interface Answer {
  readonly bytes: Uint8Array;
  readonly headers: Headers;
}

/** How a call may be given up. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export class VaultClient {
  /** The vault is of a version that takes no sessions: the account signs each request itself. */
  private alone = false;

  constructor(
    readonly at: VaultAt,
    readonly account: Account,
  ) {}

  /**
   * Signs and sends a request; one that the vault has no time for is signed and sent again, and once more, by a new
   * session, one whose session is over.
   * @throws VitalsError with the code of whoever refused (`vault/…`, or the contract's own),
   * `vault/unreachable`, `vault/answer`, `wallet/refused`; what `signal` gives where it is aborted
   */
  async call(asked: Asked, { signal }: CallOptions = {}): Promise<Answer> {
    let renew = false;
    for (let tried = 1; ; tried += 1) {
      try {
        return await this.callOnce(asked, renew, signal);
      } catch (error) {
        if (!renew && isVitalsError(error, "vault/session_expired")) {
          renew = true;
          continue;
        }
        if (!this.alone && this.account.authorizeRead && isVitalsError(error, "vault/authorization")) {
          this.alone = true;
          continue;
        }
        const patience = error instanceof VitalsError ? PATIENCE[error.code] : undefined;
        if (!patience || tried >= patience.tries) throw error;
        await pause(patience.wait, signal);
      }
    }
  }

  private async callOnce(asked: Asked, renew: boolean, signal: AbortSignal | undefined): Promise<Answer> {
    signal?.throwIfAborted();
    const patience = asked.method === "GET" ? patienceWith(this.at.url, TIMEOUT_MS) : TIMEOUT_MS;
    if (patience === 0) throw this.unreachable("it was silent again and again, and is asked anew in a few seconds");
    const signed = await payload(this.at.name, this.account.address, asked);
    const by = this.alone ? ownAuthorization(this.account, signed) : authorization(this.account, signed, renew);
    const headers = { authorization: await by };
    const { response, bytes } = await this.inTime(patience, signal, async (within, begun) => {
      const response = await this.fetched(asked, headers, within);
      begun();
      return { response, bytes: await this.body(response) };
    });
    if (!response.ok) throw this.refusal(response.status, bytes);
    return { bytes, headers: response.headers };
  }

  /**
   * Until the whole answer is there, or its time is over: then the vault is known to be silent.
   * @param patience within which it begins
   */
  private async inTime<T>(
    patience: number,
    signal: AbortSignal | undefined,
    ask: (within: AbortSignal, begun: () => void) => Promise<T>,
  ): Promise<T> {
    const over = AbortSignal.timeout(TIMEOUT_MS);
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new DOMException("no answer in time", "TimeoutError")), patience);
    const timeout = AbortSignal.any([over, late.signal]);
    try {
      const within = signal ? AbortSignal.any([signal, timeout]) : timeout;
      const answer = await ask(within, () => clearTimeout(timer));
      hasAnswered(this.at.url);
      return answer;
    } catch (error) {
      signal?.throwIfAborted();
      if (timeout.aborted) wasSilent(this.at.url);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private async fetched(
    { method, target, body }: Asked,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<Response> {
    const init: RequestInit = {
      method,
      headers,
      signal,
      // what is signed is for this origin: it goes nowhere else, and with no cookie
      redirect: "error",
      credentials: "omit",
      cache: "no-store",
    };
    if (body) init.body = new Uint8Array(body);
    return fetch(this.at.url + target, init).catch((cause: unknown) => {
      throw this.unreachable(cause);
    });
  }

  private async body(response: Response): Promise<Uint8Array> {
    const long = (): VitalsError =>
      new VitalsError("vault/answer", `${this.at.name} sent more than ${MOST_BYTES} bytes`);
    if (Number(response.headers.get("content-length") ?? 0) > MOST_BYTES) throw long();
    const bytes = await response.arrayBuffer().catch((cause: unknown) => {
      throw this.unreachable(cause);
    });
    if (bytes.byteLength > MOST_BYTES) throw long();
    return new Uint8Array(bytes);
  }

  private refusal(status: number, bytes: Uint8Array): VitalsError {
    const said = parsed(bytes) as { code?: unknown; reason?: unknown } | undefined;
    if (typeof said?.code === "string" && typeof said.reason === "string")
      return new VitalsError(said.code, said.reason);
    // a proxy answers in a vault's place
    if (status >= 500) return this.unreachable(`HTTP status ${status}`);
    return new VitalsError("vault/answer", `${this.at.name} answered with HTTP status ${status}`);
  }

  private unreachable(cause: unknown): VitalsError {
    return new VitalsError("vault/unreachable", `${this.at.name} at ${this.at.url} gave no answer: ${textOf(cause)}`, {
      cause,
    });
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      if (signal?.aborted) reject(signal.reason as Error);
      else resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done);
  });
}

/** JSON of a body; `undefined` where it is none. */
export function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
