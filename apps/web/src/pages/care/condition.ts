/** What a gateway tells of a device or of itself: packages/gateway/src/alarm.rs, `Occurred`. */

export type Condition =
  | { kind: "silent"; device: string; minutes: number }
  | { kind: "battery_low"; device: string; percent: number }
  | { kind: "calibration_due" | "calibration_over"; device: string; untilMs: number }
  | { kind: "vault_unreachable"; vault: string }
  | { kind: "batches_waiting"; batches: number };

type Fields = Readonly<Record<string, unknown>>;

/** The condition a detail tells of; `undefined` where it is of another kind, which is then shown in its own words. */
export function conditionIn(detail: unknown): Condition | undefined {
  const told = fields(fields(detail)?.condition);
  const [kind] = Object.keys(told ?? {});
  const of = fields(told?.[kind ?? ""]);
  if (!of) return undefined;
  const device = typeof of.device === "number" || typeof of.device === "string" ? String(of.device) : undefined;
  if (kind === "silent" && device && isCount(of.for_s)) return { kind, device, minutes: Math.floor(of.for_s / 60) };
  if (kind === "battery_low" && device && isCount(of.percent)) return { kind, device, percent: of.percent };
  if ((kind === "calibration_due" || kind === "calibration_over") && device && isCount(of.until_ms))
    return { kind, device, untilMs: of.until_ms };
  if (kind === "vault_unreachable" && typeof of.vault === "string") return { kind, vault: of.vault };
  if (kind === "batches_waiting" && isCount(of.batches)) return { kind, batches: of.batches };
  return undefined;
}

/** The gateway's own words, in English. */
export function ownWords(detail: unknown): string | undefined {
  const text = fields(detail)?.text;
  return typeof text === "string" ? text : undefined;
}

function fields(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null ? (value as Fields) : undefined;
}

const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
