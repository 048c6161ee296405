import { useIntl } from "react-intl";
import { decimalMark } from "../../../data/decimal";
import { useT } from "../../../i18n";
import type { Mistakes } from "./draft";

/** What is wrong with a box of a row, in words. */
export function useMistake(mistakes: Mistakes, row: string): (name: string) => string | undefined {
  const t = useT();
  const mark = decimalMark(useIntl().locale);
  return (name) => {
    const mistake = mistakes[`${row}.${name}`];
    return mistake && t(`clinician.plan.mistake.${mistake}`, { mark });
  };
}
