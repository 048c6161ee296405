/** Colours of the style sheet, for a canvas that knows no style sheet. */

export interface Palette {
  series: string[];
  line: string;
  muted: string;
  levels: Record<"watch" | "warning" | "danger", string>;
  unknown: string;
  font: string;
}

export function palette(element: Element): Palette {
  const style = getComputedStyle(element);
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    series: [1, 2, 3, 4].map((n) => of(`series-${n}`)),
    line: of("line"),
    muted: of("muted"),
    levels: { watch: of("watch"), warning: of("warning"), danger: of("danger") },
    unknown: of("unknown"),
    font: style.fontFamily,
  };
}

const DASHES: readonly number[][] = [[], [8, 4], [2, 3], [12, 3, 2, 3]];

/** Lines are told apart by their dashes too, never by colour alone. */
export function dashOf(index: number): number[] {
  return DASHES[index % DASHES.length] as number[];
}
