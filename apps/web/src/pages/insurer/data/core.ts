/** The core's part for insurers, asked in the worker. */
import type { TermsMsg } from "@cw-vitals/client/claims";
import { useQuery } from "@tanstack/react-query";
import { useIntl } from "react-intl";
import type { Measure } from "../../../data/measures";
import type { MeasureRow, TermsFigures } from "../../../worker/insurer";
import { core } from "../../../worker/pool";
import type { Reading } from "../terms/form";

/** Answers of the core depend on what is asked alone: no event makes them old. */
const PURE = {
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
  meta: { contracts: [] },
  networkMode: "always",
} as const;

export interface Computed<Data> {
  data: Data | undefined;
  error: unknown;
}

export function useMeasureTable(): Computed<readonly MeasureRow[]> {
  const { data, error } = useQuery({
    queryKey: ["core", "measures"],
    queryFn: () => core().ask("measures", {}),
    ...PURE,
  });
  return { data, error: error ?? undefined };
}

/** What terms come to, and why the contract would refuse them. */
export function useFigures(terms: TermsMsg | undefined): Computed<TermsFigures> {
  const { data, error } = useQuery({
    queryKey: ["core", "figures", terms],
    queryFn: () => core().ask("termsFigures", terms as TermsMsg),
    enabled: terms !== undefined,
    ...PURE,
  });
  return { data, error: error ?? undefined };
}

/** How a form's texts are read; nothing until the core is there. */
export function useReading(digits: number): Computed<Reading> {
  const { locale } = useIntl();
  const { data, error } = useMeasureTable();
  return { data: data && { digits, locale, scale: (measure) => scaleOf(data, measure) }, error };
}

export function scaleOf(table: readonly MeasureRow[], measure: Measure): number {
  return table.find((row) => row.name === measure)?.scale ?? 0;
}
