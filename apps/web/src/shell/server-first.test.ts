import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { isJson, serverFirst } from "./server-first";

const request = new Request("https://app.example/config.json");
const timeout = AbortSignal.timeout.bind(AbortSignal);
let kept: string | undefined;

const answered = async () => {
  const keeping = {
    keep: async (response: Response) => {
      kept = await response.text();
    },
    kept: async () => (kept === undefined ? undefined : new Response(kept)),
  };
  const response = await serverFirst(request, keeping);
  return [response.status, await response.text()];
};
const serves = (status: number, body: string) => vi.stubGlobal("fetch", async () => new Response(body, { status }));

beforeEach(() => {
  kept = "kept";
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it("what the server gives is given and kept", async () => {
  serves(200, "new");
  expect(await answered()).toEqual([200, "new"]);
  expect(kept).toBe("new");
});

it("a server that fails is one that is away: what was kept is given", async () => {
  serves(502, "<h1>Bad gateway</h1>");
  expect(await answered()).toEqual([200, "kept"]);
  kept = undefined;
  expect(await answered()).toEqual([502, "<h1>Bad gateway</h1>"]);
});

it("what the server refuses it means", async () => {
  serves(404, "none");
  expect(await answered()).toEqual([404, "none"]);
  expect(kept).toBe("kept");
});

it("a server that says nothing is waited for eight seconds", async () => {
  const waited: number[] = [];
  vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    waited.push(ms);
    return timeout(10);
  });
  const silent = (_: unknown, { signal }: { signal: AbortSignal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  vi.stubGlobal("fetch", silent);
  expect(await answered()).toEqual([200, "kept"]);
  expect(waited).toEqual([8_000]);
  kept = undefined;
  await expect(answered()).rejects.toThrow();
});

it("a sign-in page is no configuration", async () => {
  expect(await isJson(new Response("<h1>Sign in</h1>"))).toBe(false);
  expect(await isJson(new Response('{"version":1}'))).toBe(true);
});
