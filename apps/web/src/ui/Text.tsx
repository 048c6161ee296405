import { Check as CheckIcon, Copy } from "lucide-react";
import { useState } from "react";
import { useIntl } from "react-intl";
import { useT } from "../i18n";
import { IconButton } from "./Button";

/** The first and the last characters of an address. */
export function shortened(text: string): string {
  return text.length <= 20 ? text : `${text.slice(0, 10)}…${text.slice(-6)}`;
}

/** An account's address, shortened; the whole of it is its tip and is what is copied. */
export function Address({ of, whole }: { of: string; whole?: boolean }) {
  const t = useT();
  return (
    <span className="address">
      <code title={of}>{whole ? of : shortened(of)}</code>
      <CopyButton text={of} label={t("ui.copy.address")} />
    </span>
  );
}

export function CopyButton({ text, label }: { text: string; label: string }) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return <IconButton icon={copied ? CheckIcon : Copy} label={copied ? t("ui.copy.done") : label} onClick={copy} />;
}

/** An amount in a denomination's smallest unit; `uvital` is shown as millionths of VITAL. */
export function Money({ amount, denom }: { amount: string; denom: string }) {
  const intl = useIntl();
  const { value, unit } = money(amount, denom);
  return (
    <span className="money">
      {intl.formatNumber(value as unknown as number, { maximumFractionDigits: 6 })} {unit}
    </span>
  );
}

/** The exact decimal, as text, since amounts pass 2^53. Only the micro prefix of native coins is understood. */
export function money(amount: string, denom: string): { value: Intl.StringNumericLiteral; unit: string } {
  const micro = /^u([a-z][a-z0-9]+)$/.exec(denom);
  if (!micro?.[1]) return { value: amount as Intl.StringNumericLiteral, unit: denom };
  const digits = amount.padStart(7, "0");
  const value = `${digits.slice(0, -6)}.${digits.slice(-6)}` as Intl.StringNumericLiteral;
  return { value, unit: micro[1].toUpperCase() };
}
