/** Which part of a window is shown: by keys, by buttons, by fingers. No DOM. */
import { HOUR_MS } from "../../data/time-zone";
import type { PlotModel, Window } from "./model";
import type { View } from "./types";

/** Closer than this there is nothing more to see. */
const NARROWEST_MS: Record<View, number> = { readings: 10_000, hour: 6 * HOUR_MS, day: 72 * HOUR_MS };
const FACTOR = 2;
/** Of what is shown, by which a step moves. */
const SHARE = 0.5;

export const STEPS = ["in", "out", "earlier", "later"] as const;
export type Step = (typeof STEPS)[number] | "whole";

const lengthOf = ({ from, to }: Window) => to - from;

/** A part of the whole as it can be shown, moved in where it reaches out; nothing where it is the whole. */
export function within(part: Window, whole: Window, view: View): Window | undefined {
  const most = lengthOf(whole);
  const length = Math.max(NARROWEST_MS[view], lengthOf(part));
  if (length >= most) return undefined;
  const from = (part.from + part.to - length) / 2;
  const inside = Math.min(Math.max(from, whole.from), whole.to - length);
  return { from: inside, to: inside + length };
}

/** @param at the point under the cursor: it stays where it is while the scale changes */
export function stepped(step: Step, shown: Window, whole: Window, view: View, at?: number): Window | undefined {
  if (step === "whole") return undefined;
  const by = lengthOf(shown) * (step === "earlier" ? -SHARE : SHARE);
  if (step === "earlier" || step === "later") return within({ from: shown.from + by, to: shown.to + by }, whole, view);
  const scale = step === "in" ? 1 / FACTOR : FACTOR;
  const middle = at !== undefined && at >= shown.from && at <= shown.to ? at : (shown.from + shown.to) / 2;
  const scaled = (edge: number) => middle + (edge - middle) * scale;
  return within({ from: scaled(shown.from), to: scaled(shown.to) }, whole, view);
}

/** Whether a step leads anywhere: a button that does nothing says so. */
export function leads(step: Step, shown: Window, whole: Window, view: View): boolean {
  if (step === "in") return lengthOf(shown) > NARROWEST_MS[view];
  if (step === "earlier") return shown.from > whole.from;
  if (step === "later") return shown.to < whole.to;
  return lengthOf(shown) < lengthOf(whole);
}

const KEYS: Record<string, Step> = {
  "+": "in",
  "=": "in",
  "-": "out",
  _: "out",
  PageUp: "earlier",
  PageDown: "later",
  "0": "whole",
};

export const stepOfKey = (key: string): Step | undefined => KEYS[key];

/**
 * What is shown after fingers moved: what was under them stays under them.
 * @param before places of one or two fingers on `start`, in parts of its width; `now` where they are
 */
export function dragged(start: Window, before: readonly number[], now: readonly number[]): Window {
  const scale = spread(before) / spread(now);
  const length = lengthOf(start) * scale;
  const held = start.from + middle(before) * lengthOf(start);
  const from = held - middle(now) * length;
  return { from, to: from + length };
}

const middle = (places: readonly number[]) => places.reduce((sum, place) => sum + place, 0) / places.length;
/** Fingers that meet would scale without end. */
const spread = (places: readonly number[]) =>
  places.length < 2 ? 1 : Math.max(0.02, Math.max(...places) - Math.min(...places));

/**
 * The point that an arrow key, Home or End leads to: of those shown, in seconds as the model has them.
 * @param at where it is now
 */
export function nextPoint(
  key: string,
  { times, lines }: PlotModel,
  { from, to }: Window,
  at?: number,
): number | undefined {
  const shown = times.filter(
    (time, i) => time * 1000 >= from && time * 1000 <= to && lines.some(({ values }) => values[i] != null),
  );
  if (key === "Home") return shown[0];
  if (key === "End") return shown.at(-1);
  if (key === "ArrowRight") return at === undefined ? shown[0] : (shown.find((time) => time > at) ?? shown.at(-1));
  if (key === "ArrowLeft") return at === undefined ? shown[0] : (shown.findLast((time) => time < at) ?? shown[0]);
  return undefined;
}
