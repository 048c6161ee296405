import { useState } from "react";
import { expect, it, vi } from "vitest";
import { acted, drawn } from "../../../test/render";
import { DeviceFileError } from "./device-file";
import { useFileIn } from "./use-file";

/** Answers each text when the test says so. */
function slowReader() {
  const waiting = new Map<string, { give(file: string): void; fail(error: unknown): void }>();
  const read = (text: string) =>
    new Promise<string>((give, fail) => {
      waiting.set(text, { give, fail });
    });
  return { waiting, read };
}

let type: (text: string) => void;

function Look({ read }: { read(text: string): Promise<string> }) {
  const [text, setText] = useState("first");
  type = (next) => acted(() => setText(next));
  const { file, problem, error } = useFileIn(text, read);
  return <p>{file ?? problem ?? (error instanceof Error ? error.message : "nothing")}</p>;
}

it("what was read of an earlier text is never shown as what is in this one", async () => {
  const { waiting, read } = slowReader();
  const place = await drawn(<Look read={read} />);
  waiting.get("first")?.give("device 1");
  await vi.waitFor(() => expect(place.textContent).toBe("device 1"));
  type("second");
  expect(place.textContent).toBe("nothing");
  type("third");
  waiting.get("third")?.give("device 3");
  await vi.waitFor(() => expect(place.textContent).toBe("device 3"));
  waiting.get("second")?.give("device 2");
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(place.textContent).toBe("device 3");
});

it("a file that cannot be used says why, and a reader that failed is an error", async () => {
  const { waiting, read } = slowReader();
  const place = await drawn(<Look read={read} />);
  waiting.get("first")?.fail(new DeviceFileError("other_signed"));
  await vi.waitFor(() => expect(place.textContent).toBe("other_signed"));
  type("second");
  waiting.get("second")?.fail(new Error("core/load"));
  await vi.waitFor(() => expect(place.textContent).toBe("core/load"));
});
