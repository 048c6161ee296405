import { useState } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { IdleWarning } from "../shell/IdleWarning";
import { acted, drawn } from "../test/render";
import { Progress } from "../ui/Progress";
import { useIdle } from "./idle";

const MINUTES = 10;
const MINUTE = 60_000;
const onIdle = vi.fn();

function App() {
  const { warned, stay } = useIdle(MINUTES, onIdle, "wasm1a");
  return warned && <IdleWarning onStay={stay} onLock={onIdle} />;
}

let reach: (done: number) => void;
function Export() {
  const [done, setDone] = useState(0);
  reach = setDone;
  return <Progress label="Exporting" done={done} total={100} />;
}

beforeEach(() => vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] }));
afterEach(() => {
  onIdle.mockClear();
  vi.useRealTimers();
});

const pass = (ms: number) => acted(() => vi.advanceTimersByTime(ms));
const touch = () => acted(() => void window.dispatchEvent(new Event("pointerdown")));
const named = (place: Element, name: string) =>
  [...place.querySelectorAll("button")].find((button) => button.textContent === name);

it("the app asks before it locks, and locks where nobody answers", async () => {
  const place = await drawn(<App />);
  pass(8.9 * MINUTE);
  expect(place.querySelector("dialog")).toBeNull();
  pass(0.2 * MINUTE);
  expect(place.querySelector("dialog")?.textContent).toContain("Are you still there?");
  touch();
  expect(place.querySelector("dialog")).not.toBeNull();
  expect(onIdle).not.toHaveBeenCalled();
  pass(MINUTE);
  expect(onIdle).toHaveBeenCalled();
});

it("whoever answers stays, for as long again", async () => {
  const place = await drawn(<App />);
  pass(9.5 * MINUTE);
  acted(() => named(place, "Stay signed in")?.click());
  expect(place.querySelector("dialog")).toBeNull();
  pass(8.5 * MINUTE);
  expect(onIdle).not.toHaveBeenCalled();
});

it("the first touch of a laptop that woke comes too late", async () => {
  await drawn(<App />);
  vi.setSystemTime(Date.now() + 60 * MINUTE);
  touch();
  expect(onIdle).toHaveBeenCalled();
});

it("work that goes on is not locked away, and what stands still is", async () => {
  await drawn(
    <>
      <App />
      <Export />
    </>,
  );
  for (let done = 1; done < 6; done += 1) {
    pass(5 * MINUTE);
    acted(() => reach(done));
  }
  expect(onIdle).not.toHaveBeenCalled();
  pass(10 * MINUTE);
  expect(onIdle).toHaveBeenCalled();
});
