import type * as consent from "@cw-vitals/client/consent";
import { useIntl } from "react-intl";
import type { MessageId } from "../../../i18n";
import { useT } from "../../../i18n";
import { useCategoryList } from "../lib/lists";
import { msOfHour } from "../lib/time";

type Told = Pick<consent.GrantInfo, "purposes" | "categories" | "actions" | "window" | "valid_until">;

/** What a grant allows, in sentences that name no jargon. */
export function useGrantSentences(): (grant: Told) => string[] {
  const t = useT();
  const intl = useIntl();
  const list = useCategoryList();
  return (grant) => {
    const date = (ms: number) => intl.formatDate(ms, { dateStyle: "long" });
    const values = {
      what: list(grant.categories),
      from: date(msOfHour(grant.window.from)),
      // the last moment inside, so that a window to midnight names the day before
      to: date(msOfHour(grant.window.to) - 1),
      until: date(grant.valid_until * 1000 - 1),
      why: intl.formatList(grant.purposes.map((purpose) => t(`patient.purpose.${purpose}`))),
    };
    const order: consent.Action[] = ["read", "seal", "receive_alerts", "write_plan", "disclose"];
    const acts = order.filter((action) => grant.actions.includes(action));
    return [
      ...acts.map((action) => t(`patient.grant.action.${action}` satisfies MessageId, values)),
      t("patient.grant.until", values),
    ];
  };
}

export function GrantSentences({ of }: { of: Told }) {
  const sentences = useGrantSentences();
  return (
    <ul className="consequences">
      {sentences(of).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
