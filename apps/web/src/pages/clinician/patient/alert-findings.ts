/** Which of the findings worked out here an alert is about. */
import type { AlertInfo } from "@cw-vitals/client/care";
import type { Finding } from "../../../worker/care";

/** How far the device's clock and this reading of the readings may differ. */
const NEAR_MS = 10 * 60_000;

/** Of the alert's rule and its time, the nearest; an alert says nothing else of what it is about. */
export function findingOf(alert: Pick<AlertInfo, "rule" | "at_ms">, findings: readonly Finding[]): Finding | undefined {
  const away = ({ toMs }: Finding) => Math.abs(toMs - alert.at_ms);
  const near = findings.filter((finding) => finding.rule === alert.rule && away(finding) <= NEAR_MS);
  return near.sort((a, b) => away(a) - away(b))[0];
}
