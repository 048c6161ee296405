/** From any error to what happened and what to do. */
import { VitalsError } from "@cw-vitals/client/errors";
import type { Translate } from "../i18n";
import { translatedAdvice } from "../i18n/advice";

export interface Explained {
  what: string;
  todo?: string | undefined;
  /** Stable code, such as `consent/grant_expired`; absent for a mistake within the app. */
  code?: string | undefined;
  /** The exact text, for whoever helps. */
  detail: string;
}

/** Codes that have words of their own in `errors.json`, in each language. */
const WORDED = [
  "account/unknown",
  "app/config",
  "cancelled",
  "consent/account_denied",
  "consent/grant_expired",
  "consent/grant_revoked",
  "consent/no_ground",
  "core/load",
  "insurance/all_claimed",
  "insurance/no_readings",
  "insurance/not_met",
  "insurance/policy_state",
  "keys/changed",
  "keys/none",
  "node/unreachable",
  "node/wrong_chain",
  "reader/root",
  "reader/shredded",
  "session/account_file",
  "session/known",
  "session/link",
  "session/passkey",
  "session/passphrase",
  "tx/fee",
  "tx/timeout",
  "vault/digest",
  "vault/missing",
  "vault/unreachable",
  "wallet/failed",
  "wallet/missing",
  "wallet/other_account",
  "wallet/refused",
  "wallet/wrong_chain",
] as const;
type Worded = (typeof WORDED)[number];

/** Others that mean the same to whoever looks at the app; `family/*` is all of a family that is not named. */
const MEANS: Readonly<Record<string, Worded>> = {
  "consent/action_not_granted": "consent/no_ground",
  "consent/category_not_granted": "consent/no_ground",
  "consent/emergency_over": "consent/grant_expired",
  "consent/guardian_expired": "consent/grant_expired",
  "consent/not_the_grantee": "consent/no_ground",
  "consent/purpose_not_granted": "consent/no_ground",
  "consent/team_denied": "consent/account_denied",
  "consent/window_not_granted": "consent/no_ground",
  "payload/*": "reader/root",
  "reader/*": "reader/root",
  "reader/digest": "vault/digest",
  "reader/missing": "vault/missing",
  "vault/altered": "vault/digest",
  "vault/not_found": "vault/missing",
  "vault/shredded": "reader/shredded",
  "vault/erased": "reader/shredded",
};

function wordedAs(code: string | undefined): Worded | undefined {
  if (code === undefined) return undefined;
  const [family] = code.split("/");
  return WORDED.find((known) => known === code) ?? MEANS[code] ?? MEANS[`${family}/*`];
}

export function codeOf(error: unknown): string | undefined {
  if (error instanceof VitalsError) return error.code;
  if (isAbort(error)) return "cancelled";
  return undefined;
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

export function explain(error: unknown, t: Translate): Explained {
  const code = codeOf(error);
  const detail = error instanceof Error ? error.message : String(error);
  const worded = wordedAs(code);
  // all other codes get the client's advice, which is of the same table as docs/errors.md
  if (worded) return { what: t(`errors.${worded}.what`), todo: t(`errors.${worded}.todo`), code, detail };
  if (error instanceof VitalsError) {
    const translated = translatedAdvice(error.code);
    // the reason is English, whoever wrote it: other languages name the code, and have the reason among the details
    if (translated) return { what: t("errors.other.what", { code: error.code }), todo: translated, code, detail };
    return { what: error.reason, todo: error.advice, code, detail };
  }
  return { what: t("errors.app.what"), todo: t("errors.app.todo"), detail };
}
