import type { DenomMsg } from "@cw-vitals/client/claims";
import type { ReactNode } from "react";
import { useT } from "../../../i18n";
import { Field, Select } from "../../../ui";
import { AmountField } from "../../money/AmountField";
import { DurationField } from "../lib/Duration";
import type { TermsForm, Typed } from "./form";
import type { FieldErrors } from "./read";

/** What each part of the form gets. */
export interface PartProps {
  form: TermsForm;
  denom: DenomMsg;
  errors: FieldErrors;
  set(change: Partial<TermsForm>): void;
}

type Keys<Kind> = { [Key in keyof TermsForm]: TermsForm[Key] extends Kind ? Key : never }[keyof TermsForm];
type TypedKey = Keys<Typed>;
type TextKey = "most" | "readings" | "models" | "rewardLeast" | "rewardDays" | "arbiter";
type AmountKey = "amount" | "payment" | "minimumCharge" | "fee" | "rebate";

/** Fields of a terms form by their name: label and hint are in the catalogue under it. */
export function useFields({ form, denom, errors, set }: PartProps) {
  const t = useT();
  return {
    length: (name: TypedKey): ReactNode => (
      <DurationField
        label={t(`insurer.form.${name}`)}
        value={form[name]}
        error={errors.has(name) ? t("insurer.form.error.length") : undefined}
        onChange={(value) => set({ [name]: value })}
      />
    ),
    amount: (name: AmountKey, hint?: string): ReactNode => (
      <AmountField
        label={t(`insurer.form.${name}`)}
        {...(hint ? { hint } : {})}
        denom={denom}
        value={form[name]}
        error={errors.has(name) ? t("insurer.form.error.amount") : undefined}
        onChange={(value) => set({ [name]: value })}
      />
    ),
    text: (name: TextKey, hint?: string): ReactNode => (
      <Field
        label={t(`insurer.form.${name}`)}
        hint={hint}
        value={form[name]}
        error={
          errors.has(name)
            ? t(name === "arbiter" ? "insurer.form.error.account" : "insurer.form.error.whole")
            : undefined
        }
        inputMode={name === "arbiter" ? "text" : "numeric"}
        autoComplete="off"
        onChange={(value) => set({ [name]: value })}
      />
    ),
    choice: <Name extends "benefit" | "premium" | "evidence" | "assurance" | "silence" | "rewardMeasure" | "category">(
      name: Name,
      options: readonly { value: TermsForm[Name]; label: string }[],
      hint?: string,
    ): ReactNode => (
      <Select<TermsForm[Name]>
        label={t(`insurer.form.${name}`)}
        hint={hint}
        value={form[name]}
        options={options}
        onChange={(value) => set({ [name]: value })}
      />
    ),
  };
}
