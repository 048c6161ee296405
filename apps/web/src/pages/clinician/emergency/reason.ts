/** The reason of an emergency: its digest is public, so a short one could be guessed. */
/** Characters below which it is no reason that somebody can review. */
export const SHORTEST_REASON = 20;
const SALT_BYTES = 16;

/** The written reason with a random line, so that nobody finds it by trying likely ones against the digest. */
export function saltedReason(
  reason: string,
  random: Uint8Array = crypto.getRandomValues(new Uint8Array(SALT_BYTES)),
): string {
  const salt = Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${reason.trim()}\n\n${salt}\n`;
}

/** A patient number, hours and minutes as they were typed. */
export interface OpenDraft {
  patient: string;
  reason: string;
  hoursBack: string;
  minutes: string;
}

export type OpenMistake = "patient" | "reason" | "hoursBack" | "minutes";

/** Most hours that an emergency reaches back, by the contract. */
export const MOST_HOURS_BACK = 336;

export function mistakesOf(draft: OpenDraft, longestS: number, patient: string | undefined): OpenMistake[] {
  const whole = (typed: string, least: number, most: number) =>
    /^\d{1,6}$/.test(typed) && Number(typed) >= least && Number(typed) <= most;
  const wrong: [OpenMistake, boolean][] = [
    ["patient", patient === undefined],
    ["reason", [...draft.reason.trim()].length < SHORTEST_REASON],
    ["hoursBack", !whole(draft.hoursBack, 0, MOST_HOURS_BACK)],
    ["minutes", !whole(draft.minutes, 1, Math.floor(longestS / 60))],
  ];
  return wrong.filter(([, is]) => is).map(([name]) => name);
}

/** SHA-256 in base64, as the chain has it. */
export async function reasonDigest(reason: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(reason));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

/** Before there is an emergency, its number is not known: the file is named by the digest, in characters that names have. */
export const unsentReasonFile = (patient: string, digest: string) =>
  `emergency-${patient}-unsent-${digest.replace(/[^A-Za-z0-9]/g, "").slice(0, 8)}-reason.txt`;

/** A name for the file with the reason that the review will ask for. */
export const reasonFile = (patient: string, emergency: string) => `emergency-${patient}-${emergency}-reason.txt`;
