import { describe, expect, it } from "vitest";
import { readMakerFile } from "./files";

const file = (change: object) => JSON.stringify({ version: 1, ...change });
const model = { name: "Beat", measures: ["heart_rate"], lowest_firmware: 1 };
const maker = { maker: "wasm1maker", name: "Example Devices", key: { scheme: "ed25519", bytes: "AA==" } };

it("a model and a maker are read as the message they are", async () => {
  const listed = readMakerFile(file({ cw_vitals: "device_model", list_model: model }));
  expect(await listed).toEqual({ kind: "model", list: model });
  const admitted = readMakerFile(file({ cw_vitals: "maker", admit_maker: maker }));
  expect(await admitted).toEqual({ kind: "maker", admit: maker });
});

describe("a file is refused", () => {
  it.each([
    ["not JSON", "{"],
    ["a list", "[]"],
    ["of another kind", file({ cw_vitals: "device_pairing" })],
    ["of another version", JSON.stringify({ cw_vitals: "device_model", version: 2, list_model: model })],
    ["with an unknown measure", file({ cw_vitals: "device_model", list_model: { ...model, measures: ["mood"] } })],
    ["without measures", file({ cw_vitals: "device_model", list_model: { ...model, measures: [] } })],
    [
      "with firmware that is no number",
      file({ cw_vitals: "device_model", list_model: { ...model, lowest_firmware: "1" } }),
    ],
    [
      "with a key of no scheme",
      file({ cw_vitals: "maker", admit_maker: { ...maker, key: { scheme: "rsa", bytes: "AA==" } } }),
    ],
  ])("%s", (_, text) => expect(readMakerFile(text)).rejects.toThrow());
});
