import { afterEach, expect, it, vi } from "vitest";
import { drawn } from "../test/render";
import { Ago } from "./When";

const BLOCK_MS = Date.UTC(2026, 10, 23, 12);
vi.mock("../data/live", () => ({ useHead: () => () => ({ height: 7, timeMs: BLOCK_MS }) }));

afterEach(() => vi.useRealTimers());

it("an age is told by the newest block where the browser's clock is slow, and by the clock where it is not", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: BLOCK_MS - 3_600_000 });
  expect((await drawn(<Ago ms={BLOCK_MS - 120_000} />)).textContent).toBe("2 minutes ago");
  vi.setSystemTime(BLOCK_MS + 60_000);
  expect((await drawn(<Ago ms={BLOCK_MS - 120_000} />)).textContent).toBe("3 minutes ago");
});
