import { ChevronLeft, ChevronRight, type LucideIcon, ZoomIn, ZoomOut } from "lucide-react";
import { useRef } from "react";
import { useIntl } from "react-intl";
import { useT } from "../../i18n";
import { Button, IconButton } from "../Button";
import type { Window } from "./model";
import type { View } from "./types";
import { leads, STEPS, type Step } from "./zoom";

const ICONS: Record<(typeof STEPS)[number], LucideIcon> = {
  in: ZoomIn,
  out: ZoomOut,
  earlier: ChevronLeft,
  later: ChevronRight,
};

interface ZoomToolsProps {
  shown: Window;
  whole: Window;
  view: View;
  onStep(step: Step): void;
}

/** What dragging and fingers do, by buttons; and which part is shown, said as it changes. */
export function ZoomTools({ shown, whole, view, onStep }: ZoomToolsProps) {
  const t = useT();
  const intl = useIntl();
  const tools = useRef<HTMLDivElement>(null);
  const part = shown !== whole;
  const reset = () => {
    onStep("whole");
    // the button pressed goes: the next key is not to be lost
    tools.current?.querySelector("button")?.focus();
  };
  const style = { dateStyle: "medium", timeStyle: view === "readings" ? "medium" : "short" } as const;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend that is shown
    <div role="group" aria-label={t("chart.zoom")} className="row chart-zoom no-print" ref={tools}>
      {STEPS.map((step) => {
        const may = leads(step, shown, whole, view);
        return (
          <IconButton
            key={step}
            icon={ICONS[step]}
            label={t(`chart.zoom.${step}`)}
            aria-disabled={!may || undefined}
            onClick={() => may && onStep(step)}
          />
        );
      })}
      {part && <Button onClick={reset}>{t("chart.zoom.whole")}</Button>}
      <p className="muted" role="status">
        {part && t("chart.shown", { period: intl.formatDateTimeRange(shown.from, shown.to, style) })}
      </p>
    </div>
  );
}
