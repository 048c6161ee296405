/** What is drawn behind the lines: limits, and hours that could not be opened. */
import type uPlot from "uplot";
import type { Gap } from "../../data/gaps";
import type { Palette } from "./colours";
import type { Threshold } from "./types";

/** A threshold in the unit shown. */
export type ShownThreshold = Pick<Threshold, "low" | "high" | "level">;

const FAINT = "1f";
const STRIPE = 8;

export function drawThresholds(u: uPlot, thresholds: readonly ShownThreshold[], colours: Palette): void {
  for (const { low, high, level } of thresholds) {
    const colour = colours.levels[level];
    if (low !== undefined) beyond(u, low, u.bbox.top + u.bbox.height, colour);
    if (high !== undefined) beyond(u, high, u.bbox.top, colour);
  }
}

/** The area from a limit to the edge, and the limit as a dashed line. */
function beyond(u: uPlot, limit: number, edge: number, colour: string): void {
  const { ctx, bbox } = u;
  const { left, width, top, height } = bbox;
  const y = Math.min(top + height, Math.max(top, u.valToPos(limit, "y", true)));
  ctx.save();
  ctx.fillStyle = colour + FAINT;
  ctx.fillRect(left, Math.min(y, edge), width, Math.abs(edge - y));
  ctx.strokeStyle = colour;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4, 4].map((length) => length * devicePixelRatio));
  ctx.beginPath();
  ctx.moveTo(left, y);
  ctx.lineTo(left + width, y);
  ctx.stroke();
  ctx.restore();
}

/** Striped, so that it is told from an area of colour. */
export function drawUnopened(u: uPlot, gaps: readonly Gap[], colours: Palette): void {
  const { ctx, bbox } = u;
  for (const gap of gaps) {
    const from = Math.max(bbox.left, u.valToPos(gap.from / 1000, "x", true));
    const to = Math.min(bbox.left + bbox.width, u.valToPos(gap.to / 1000, "x", true));
    if (to <= from) continue;
    ctx.save();
    ctx.beginPath();
    ctx.rect(from, bbox.top, to - from, bbox.height);
    ctx.clip();
    ctx.strokeStyle = `${colours.unknown}80`;
    ctx.beginPath();
    for (let x = from - bbox.height; x < to; x += STRIPE * devicePixelRatio) {
      ctx.moveTo(x, bbox.top + bbox.height);
      ctx.lineTo(x + bbox.height, bbox.top);
    }
    ctx.stroke();
    ctx.restore();
  }
}
