import { CATEGORIES } from "../../../data/measures";
import { useT } from "../../../i18n";
import { Card } from "../../../ui";
import { type PartProps, useFields } from "./fields";

/** Who decides on invoices, until when, and what silence means. */
export function InvoicePart(props: PartProps) {
  const t = useT();
  const fields = useFields(props);
  const categories = CATEGORIES.map((value) => ({ value, label: t(`measures.category.${value}`) }));
  const silences = (["approves", "to_arbiter"] as const).map((value) => ({
    value,
    label: t(`insurer.silence.${value}`),
  }));
  return (
    <Card title={t("insurer.form.invoice")}>
      <div className="form">
        {fields.choice("category", categories)}
        {fields.length("assessWithin")}
        {fields.length("appealWithin")}
        {fields.length("arbitrateWithin")}
        {fields.choice("silence", silences)}
        {fields.text("arbiter", t("insurer.form.arbiter.hint"))}
        {fields.amount("fee", t("insurer.form.fee.hint"))}
      </div>
    </Card>
  );
}
