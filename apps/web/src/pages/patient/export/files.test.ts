import { expect, it } from "vitest";
import { Files, manifestOf } from "./files";

it("keeps a header once, lines in order, and objects whole", async () => {
  const files = new Files();
  files.append("a.csv", "1\r\n", "head\r\n");
  files.append("a.csv", "2\r\n", "head\r\n");
  files.line("b.jsonl", { n: 1 });
  files.line("b.jsonl", { n: 2 });
  files.json("c.json", [1]);
  const all = await Promise.all(files.list().map(async ({ name, content }) => [name, await content.text()]));
  expect(all).toEqual([
    ["a.csv", "head\r\n1\r\n2\r\n"],
    ["b.jsonl", '{"n":1}\n{"n":2}\n'],
    ["c.json", "[\n  1\n]\n"],
  ]);
});

it("names each file with its length and SHA-256", async () => {
  const files = new Files();
  files.append("abc", "abc");
  expect(await manifestOf(files.list())).toEqual([
    { name: "abc", bytes: 3, sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
  ]);
});
