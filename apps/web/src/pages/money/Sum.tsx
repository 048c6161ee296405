import type { DenomMsg } from "@cw-vitals/client/claims";
import { useIntl } from "react-intl";
import { type ChainData, useChain } from "../../data";
import { decimalOf, type TokenInfo, type Unit, unitOf } from "./amount";

/** How amounts of a denomination are shown; a token is asked for its digits. */
export function useUnit(denom: DenomMsg | undefined): Unit {
  return unitOf(denom ?? { native: "" }, useToken(denom).data);
}

/** Whether digits are known, or never will be: what a form begins with must not be written by others. */
export function useUnitKnown(denom: DenomMsg): boolean {
  const token = useToken(denom);
  return "native" in denom || token.data !== undefined || token.error !== undefined;
}

function useToken(denom: DenomMsg | undefined): ChainData<TokenInfo> {
  const token = denom && "cw20" in denom ? denom.cw20 : undefined;
  return useChain(["token", token], (vitals) => vitals.smart<TokenInfo>(token as string, { token_info: {} }), {
    enabled: token !== undefined,
    contracts: [],
  });
}

/** Writes amounts: `1.5 VITAL`. */
export function useSumText(denom: DenomMsg | undefined): (amount: string) => string {
  const intl = useIntl();
  const unit = useUnit(denom);
  return (amount) => {
    const decimal = decimalOf(amount, unit.digits) as unknown as number;
    return `${intl.formatNumber(decimal, { maximumFractionDigits: unit.digits })} ${unit.symbol}`;
  };
}

/** An amount of the chain as people read it; the exact number of smallest units is its tip. */
export function Sum({ amount, denom }: { amount: string; denom: DenomMsg }) {
  const unit = useUnit(denom);
  const text = useSumText(denom)(amount);
  return (
    <span className="money" title={`${amount} ${unit.exact}`}>
      {text}
    </span>
  );
}
