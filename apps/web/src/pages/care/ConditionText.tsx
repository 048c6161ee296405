import { useT } from "../../i18n";
import { When } from "../../ui/When";
import { conditionIn, ownWords } from "./condition";

/** A device or the gateway needs somebody. */
export function ConditionText({ of }: { of: unknown }) {
  const t = useT();
  const condition = conditionIn(of);
  if (!condition) return <p>{ownWords(of) ?? t("patient.condition.unknown")}</p>;
  const { kind, ...values } = condition;
  return (
    <p>
      {t(`patient.condition.${kind}`, { ...values })}{" "}
      {"untilMs" in condition && <When ms={condition.untilMs} dateOnly />}
    </p>
  );
}
