import { useT } from "../../../i18n";
import { Card, Check } from "../../../ui";
import { type PartProps, useFields } from "./fields";

/** Premium that is given back for what the patient does. */
export function RewardPart(props: PartProps) {
  const { form, set } = props;
  const t = useT();
  const fields = useFields(props);
  const measures = (["dose_taken", "steps"] as const).map((value) => ({ value, label: t(`measures.${value}`) }));
  return (
    <Card title={t("insurer.form.reward.title")}>
      <div className="form">
        <Check label={t("insurer.form.reward")} checked={form.reward} onChange={(reward) => set({ reward })} />
        {form.reward && fields.choice("rewardMeasure", measures)}
        {form.reward && fields.text("rewardLeast")}
        {form.reward && fields.text("rewardDays")}
        {form.reward && fields.amount("rebate")}
        {form.reward && (
          <Check
            label={t("insurer.form.rewardSimulated")}
            checked={form.rewardSimulated}
            onChange={(rewardSimulated) => set({ rewardSimulated })}
          />
        )}
      </div>
    </Card>
  );
}
