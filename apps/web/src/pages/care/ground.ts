/** The ground a message names, or the contract's own words why there is none. */
import { type GroundRef, type Vitals, VitalsError } from "@cw-vitals/client";
import type { AlertInfo } from "@cw-vitals/client/care";
import { CATEGORIES } from "../../data/measures";
import { anyGround, epochOf } from "./access";

/** As whom an alert is answered. */
export type Capacity = "patient" | "guardian" | "clinician";

/** @throws VitalsError with the code of consent's refusal */
export async function groundToAnswer(
  vitals: Vitals,
  alert: AlertInfo,
  capacity: Capacity,
  who: string,
): Promise<GroundRef> {
  if (capacity === "patient") return { patient: {} };
  if (capacity === "guardian") return { guardian: {} };
  const wanted = { patient: alert.patient, who, action: "receive_alerts", epoch: epochOf(alert.at_ms) } as const;
  const ground = await anyGround(vitals, wanted);
  if (ground) return ground;
  const window = { from: wanted.epoch, to: wanted.epoch + 1 };
  const decision = await vitals.consent.decide({
    patient: alert.patient,
    who,
    action: "receive_alerts",
    purpose: "TREAT",
    category: CATEGORIES[0],
    window,
  });
  if ("permit" in decision) return decision.permit.by;
  throw new VitalsError(decision.refuse.code, decision.refuse.reason);
}
