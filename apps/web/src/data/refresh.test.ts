import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, it, vi } from "vitest";
import { refreshed, touches } from "./refresh";

const event = (contract: "consent" | "anchor", patient?: string, kind = "granted"): Parameters<typeof touches>[0] => ({
  contract,
  kind,
  attributes: patient === undefined ? {} : { patient },
});

afterEach(() => vi.useRealTimers());

it("an event of another patient or another contract touches nothing", () => {
  expect(touches(event("consent", "7"), { patient: "7", contracts: ["consent"] })).toBe(true);
  expect(touches(event("consent", "8"), { patient: "7", contracts: ["consent"] })).toBe(false);
  expect(touches(event("anchor", "7"), { patient: "7", contracts: ["consent"] })).toBe(false);
});

it("a vault's receipts, which each reading brings about, make nothing old", () => {
  const anchored = event("consent", "7", "receipts_anchored");
  expect(touches(anchored, { patient: "7", contracts: ["anchor", "consent"] })).toBe(false);
  expect(touches(anchored)).toBe(false);
});

it("an event that names no patient may be about any", () => {
  expect(touches(event("consent"), { patient: "7" })).toBe(true);
  expect(touches(event("consent", "7"))).toBe(true);
});

it("a burst of events asks anew once, and only for what it touches", () => {
  vi.useFakeTimers();
  const queries = new QueryClient();
  const invalidate = vi.spyOn(queries, "invalidateQueries");
  for (const patient of ["7", "8"]) {
    queries.setQueryDefaults([patient], { meta: { patient } });
    queries.setQueryData([patient], 1);
    queries.getQueryCache().build(queries, { queryKey: [patient], meta: { patient } });
  }
  const refresh = refreshed(queries);
  for (let i = 0; i < 50; i++) refresh.event(event("anchor", "7"));
  vi.advanceTimersByTime(100);
  expect(invalidate).toHaveBeenCalledTimes(1);
  expect(queries.getQueryState(["7"])?.isInvalidated).toBe(true);
  expect(queries.getQueryState(["8"])?.isInvalidated).toBe(false);
});

it("what may rest is asked anew at once, and then once a rest, however many events touch it", async () => {
  vi.useFakeTimers();
  const queries = new QueryClient();
  const ask = vi.fn(async () => 1);
  const observer = new QueryObserver(queries, { queryKey: ["index"], meta: { restMs: 10_000 }, queryFn: ask });
  const stop = observer.subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(ask).toHaveBeenCalledTimes(1);
  const refresh = refreshed(queries);
  for (let i = 0; i < 250; i++) {
    refresh.event(event("consent"));
    await vi.advanceTimersByTimeAsync(100);
  }
  // at 0, 10 and 20 seconds of 25
  expect(ask).toHaveBeenCalledTimes(4);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ask).toHaveBeenCalledTimes(5);
  refresh.stop();
  stop();
});

it("what takes longer than events come is let finish, and asked once more for what it may have missed", async () => {
  const queries = new QueryClient();
  const answers: ((value: number) => void)[] = [];
  const observer = new QueryObserver(queries, {
    queryKey: ["slow"],
    meta: { patient: "7" },
    queryFn: () => new Promise<number>((resolve) => answers.push(resolve)),
  });
  const stop = observer.subscribe(() => undefined);
  const refresh = refreshed(queries);
  for (let i = 0; i < 5; i++) {
    refresh.event(event("anchor", "7"));
    await new Promise((resolve) => setTimeout(resolve, 80));
  }
  expect(answers).toHaveLength(1);
  answers[0]?.(1);
  await vi.waitFor(() => expect(answers.length).toBe(2));
  stop();
});
