import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { paced } from "./pace";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Calls it every 10 ms for so long. */
function calling(step: () => void, ms: number): void {
  for (let at = 0; at < ms; at += 10) {
    step();
    vi.advanceTimersByTime(10);
  }
}

it("quick drawing is repeated every 150 ms, however often it is called", () => {
  const show = vi.fn();
  calling(paced(show), 1_500);
  expect(show).toHaveBeenCalledTimes(10);
});

it("slow drawing takes a fifth of the time at most", () => {
  const show = vi.fn(() => void vi.advanceTimersByTime(200));
  const step = paced(show);
  calling(step, 790);
  expect(show).toHaveBeenCalledTimes(1);
  calling(step, 40);
  expect(show).toHaveBeenCalledTimes(2);
});
