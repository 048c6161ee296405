import { describe, expect, it } from "vitest";
import { Furthest, Life } from "./life";

const MINUTES = 10;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const START = 1_700_000_000_000;
/** The time so long after the start. */
const at = (ms: number) => START + ms;

describe("without a sign of life", () => {
  it("the app asks a minute before, and locks at the minutes that were set", () => {
    const life = new Life(START);
    const phases = [8.9, 9, 9.9, 10].map((minutes) => life.phase(MINUTES, at(minutes * MINUTE)));
    expect(phases).toEqual(["present", "warned", "warned", "over"]);
  });

  it("a laptop that slept longer is locked as it wakes, without a question", () => {
    expect(new Life(START).phase(MINUTES, at(8 * 60 * MINUTE))).toBe("over");
  });

  it("a clock that was set back does not keep it open", () => {
    const life = new Life(START);
    expect(life.phase(MINUTES, at(-60 * MINUTE))).toBe("present");
    expect(life.phase(MINUTES, at(-50 * MINUTE))).toBe("over");
  });
});

it("a touch begins the minutes anew", () => {
  const life = new Life(START);
  life.touched(at(9.5 * MINUTE));
  expect(life.phase(MINUTES, at(18 * MINUTE))).toBe("present");
  expect(life.phase(MINUTES, at(19.5 * MINUTE))).toBe("over");
});

describe("another window of the account", () => {
  it("is life here too", () => {
    const life = new Life(START);
    life.seen(at(9 * MINUTE), at(9 * MINUTE));
    expect(life.phase(MINUTES, at(12 * MINUTE))).toBe("present");
  });

  it("is so as of when it was, not of when a window that slept heard of it, nor of a time to come", () => {
    const life = new Life(START);
    life.seen(at(MINUTE), at(60 * MINUTE));
    life.seen(at(90 * MINUTE), at(60 * MINUTE));
    expect(life.phase(MINUTES, at(60 * MINUTE))).toBe("over");
  });
});

describe("work", () => {
  it("that its user began holds off the lock for as long as it gets further", () => {
    const life = new Life(START);
    const begunAt = at(2 * SECOND);
    for (let minute = 5; minute <= 60; minute += 5) {
      life.worked(begunAt, at(minute * MINUTE));
      expect(life.phase(MINUTES, at((minute + 4) * MINUTE))).toBe("present");
    }
    expect(life.phase(MINUTES, at(70 * MINUTE))).toBe("over");
  });

  it("that the app began by itself, following the chain, holds off nothing", () => {
    const life = new Life(START);
    for (let minute = 2; minute < 10; minute += 1)
      expect(life.worked(at(minute * MINUTE), at(minute * MINUTE))).toBe(false);
    expect(life.phase(MINUTES, at(10 * MINUTE))).toBe("over");
  });

  it("gets further where it reaches what it never reached, part by part", () => {
    const furthest = new Furthest();
    const steps = [0, 1, 1, 0, 1, 2].map((done) => furthest.advances("readings", done));
    expect(steps).toEqual([false, true, false, false, false, true]);
    expect(furthest.advances("receipts", 1)).toBe(true);
  });
});
