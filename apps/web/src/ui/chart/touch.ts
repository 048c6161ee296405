import { type RefObject, useEffect, useRef } from "react";
import type { Window } from "./model";
import { dragged } from "./zoom";

/** A tap moves no further than this. */
const TAP_PX = 8;

interface Fingers {
  /** The part of the chart in which lines are drawn; absent before it is. */
  area(): DOMRect | undefined;
  shown: Window;
  onDrag(window: Window): void;
}

/** Two fingers zoom, one moves what is shown. Up and down the page scrolls, as the style sheet says. */
export function useTouch(box: RefObject<HTMLElement | null>, fingers: Fingers): void {
  const now = useRef(fingers);
  now.current = fingers;
  useEffect(() => (box.current ? followed(box.current, () => now.current) : undefined), [box]);
}

function followed(target: HTMLElement, now: () => Fingers): () => void {
  const places = new Map<number, number>();
  let start: { window: Window; places: Map<number, number> } | undefined;
  let frame = 0;

  const begin = () => {
    start = places.size > 0 && places.size <= 2 ? { window: now().shown, places: new Map(places) } : undefined;
  };
  const draw = () => {
    const area = now().area();
    if (!start || !area) return;
    const parts = (of: Map<number, number>) => [...of.values()].map((x) => (x - area.left) / area.width);
    now().onDrag(dragged(start.window, parts(start.places), parts(places)));
  };
  const down = (event: PointerEvent) => {
    if (event.pointerType !== "touch") return;
    places.set(event.pointerId, event.clientX);
    begin();
  };
  const move = (event: PointerEvent) => {
    if (!start || !places.has(event.pointerId)) return;
    const from = start.places.get(event.pointerId) ?? event.clientX;
    const captured = target.hasPointerCapture(event.pointerId);
    if (places.size === 1 && !captured && Math.abs(event.clientX - from) < TAP_PX) return;
    // what is drawn is drawn anew under the finger
    if (!captured) target.setPointerCapture(event.pointerId);
    places.set(event.pointerId, event.clientX);
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  };
  const up = (event: PointerEvent) => {
    if (places.delete(event.pointerId)) begin();
  };

  const ends = ["pointerup", "pointercancel"] as const;
  target.addEventListener("pointerdown", down);
  target.addEventListener("pointermove", move);
  for (const end of ends) target.addEventListener(end, up);
  return () => {
    cancelAnimationFrame(frame);
    target.removeEventListener("pointerdown", down);
    target.removeEventListener("pointermove", move);
    for (const end of ends) target.removeEventListener(end, up);
  };
}
