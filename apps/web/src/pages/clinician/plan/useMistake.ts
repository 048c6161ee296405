import { useT } from "../../../i18n";
import type { Mistakes } from "./draft";

/** What is wrong with a box of a row, in words. */
export function useMistake(mistakes: Mistakes, row: string): (name: string) => string | undefined {
  const t = useT();
  return (name) => {
    const mistake = mistakes[`${row}.${name}`];
    return mistake && t(`clinician.plan.mistake.${mistake}`);
  };
}
