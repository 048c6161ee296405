import { beforeEach, expect, it, vi } from "vitest";
import { dataKeys, newDataKey } from "../../../session/envelope";
import { accountNotes } from "../../../session/notes";
import { forgetReason, keepReason, keptReason } from "./kept-reason";
import { reasonDigest } from "./reason";

const saved = vi.hoisted(() => vi.fn());
vi.mock("../../../ui/download", () => ({ download: saved }));

const notes = accountNotes("wasm1doctor", await dataKeys(newDataKey()), true);
const REASON = "found unconscious on the stairs\n\n01ff\n";

beforeEach(() => saved.mockClear());

it("a reason is found again by the digest that the chain has of it, until it is upheld", async () => {
  // SHA-256 of "abc", FIPS 180-4
  expect(await reasonDigest("abc")).toBe("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  await keepReason(notes, "7", REASON);
  const digest = await reasonDigest(REASON);
  expect(await keptReason(notes, digest)).toBe(REASON);
  expect(saved).not.toHaveBeenCalled();
  await forgetReason(notes, digest);
  expect(await keptReason(notes, digest)).toBeUndefined();
});

it("where the browser keeps nothing more it is handed out at once, and nobody is held up", async () => {
  const full = { ...notes, put: () => Promise.reject(new DOMException("full", "QuotaExceededError")) };
  await keepReason(full, "7", REASON);
  expect(saved).toHaveBeenCalledOnce();
  const [name, text] = saved.mock.calls[0] as [string, string];
  expect(name).toMatch(/^emergency-7-unsent-[A-Za-z0-9]{8}-reason\.txt$/);
  expect(text).toBe(REASON);
});
