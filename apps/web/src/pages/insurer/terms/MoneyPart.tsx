import { useT } from "../../../i18n";
import { Card } from "../../../ui";
import { type PartProps, useFields } from "./fields";

/** What is paid, and for how much. */
export function MoneyPart(props: PartProps) {
  const { form } = props;
  const t = useT();
  const fields = useFields(props);
  const invoice = form.evidence === "invoice";
  const benefits = [
    { value: "fixed" as const, label: t("insurer.form.benefit.fixed") },
    {
      value: "per_event" as const,
      label: t(invoice ? "insurer.form.benefit.per_invoice" : "insurer.form.benefit.per_event"),
    },
    ...(invoice ? [] : [{ value: "per_day" as const, label: t("insurer.form.benefit.per_day") }]),
  ];
  const premiums = [
    { value: "once" as const, label: t("insurer.form.premium.once") },
    { value: "instalments" as const, label: t("insurer.form.premium.instalments") },
  ];
  return (
    <Card title={t("insurer.form.money")}>
      <div className="form">
        {fields.choice("benefit", benefits)}
        {fields.amount("amount")}
        {form.benefit !== "fixed" && fields.text("most")}
        {form.benefit === "per_event" && !invoice && fields.length("separation")}
        {fields.choice("premium", premiums)}
        {fields.amount("payment")}
        {form.premium === "instalments" && fields.length("every")}
        {form.premium === "instalments" && fields.length("grace")}
        {fields.amount("minimumCharge", t("insurer.form.minimumCharge.hint"))}
        {fields.length("term")}
        {fields.length("waiting")}
        {fields.length("fileWithin")}
      </div>
    </Card>
  );
}
