import type { DenomMsg } from "@cw-vitals/client/claims";
import { useIntl } from "react-intl";
import { useT } from "../../i18n";
import { Field } from "../../ui";
import { parseAmount } from "./amount";
import { useUnit } from "./Sum";

interface AmountFieldProps {
  label: string;
  hint?: string;
  error?: string | undefined;
  optional?: boolean;
  denom: DenomMsg;
  /** As it was typed. */
  value: string;
  onChange(typed: string): void;
}

/** An amount in whole units; says what that is in the smallest ones. */
export function AmountField({ label, hint, error, optional, denom, value, onChange }: AmountFieldProps) {
  const t = useT();
  const { locale } = useIntl();
  const unit = useUnit(denom);
  const amount = parseAmount(value, unit.digits, locale);
  const exact =
    amount === undefined
      ? t("ui.amount.form", { digits: unit.digits })
      : t("ui.amount.exact", { amount, denom: unit.exact });
  return (
    <Field
      {...{ label, error, value, onChange, ...(optional ? { optional } : {}) }}
      hint={hint ? `${hint} ${exact}` : exact}
      unit={unit.symbol}
      inputMode="decimal"
      autoComplete="off"
    />
  );
}

/** What a person typed, in smallest units; nothing where it is no amount. */
export function useParse(denom: DenomMsg | undefined): (typed: string) => string | undefined {
  const { locale } = useIntl();
  const { digits } = useUnit(denom);
  return (typed) => parseAmount(typed, digits, locale);
}
