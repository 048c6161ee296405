// Errors with stable codes, as docs/errors.md lists them.

import { ADVICE } from "./generated/advice.js";

/** `consent/grant_expired`: a family and a name. */
const CODED = /^([a-z_0-9]+\/[a-z_0-9]+)(?:: ([\s\S]*))?$/;

/** Every error of this client. Its message is `code: reason`; compare `code`, a reason may change. */
export class VitalsError extends Error {
  override readonly name = "VitalsError";

  constructor(
    /** Stable: `consent/grant_expired`, `node/unreachable`, `wallet/refused`, … */
    readonly code: string,
    /** What happened, in English, with the values it is about. */
    readonly reason: string,
    options?: { cause?: unknown },
  ) {
    super(`${code}: ${reason}`, options);
  }

  /** What to do about it, in English, where there is something. */
  get advice(): string | undefined {
    const [family] = this.code.split("/");
    return ADVICE[this.code] ?? ADVICE[`${family}/*`];
  }
}

/** Whether it is an error of this client, with this code where one is given. */
export function isVitalsError(error: unknown, code?: string): error is VitalsError {
  return error instanceof VitalsError && (code === undefined || error.code === code);
}

/** The text of whatever was thrown. */
export function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error && error.cause.message !== "" ? ` (${error.cause.message})` : "";
  return `${error.message}${cause}`;
}

/**
 * A text that begins with a code, as an error; `undefined` where it begins with none. The wasm core and
 * the vaults tell their errors so.
 */
export function coded(text: string, options?: { cause?: unknown }): VitalsError | undefined {
  const found = CODED.exec(text);
  return found?.[1] === undefined ? undefined : new VitalsError(found[1], found[2] ?? "", options);
}

const CONTRACT_FAILED = / ?: (?:execute|instantiate|migrate|query|sudo) wasm contract failed/g;
const WRAPPED =
  /^(?:.*?rpc error: code = \w+ desc = )?(?:failed to execute message; message index: \d+: )?(?:dispatch: |reply: )*/s;

/**
 * The contract's own error in what a node says of a failed query, simulation or transaction;
 * `undefined` where no contract returned it. What one contract quotes of another is not taken for its
 * own: the last mark of wasmd counts.
 */
export function contractError(log: string): VitalsError | undefined {
  const end = [...log.matchAll(CONTRACT_FAILED)].at(-1)?.index;
  if (end === undefined) return undefined;
  const text = log
    .slice(0, end)
    .replace(/^Query failed with \(\d+\): /, "")
    .replace(WRAPPED, "");
  return coded(text) ?? new VitalsError("contract/refused", text);
}
