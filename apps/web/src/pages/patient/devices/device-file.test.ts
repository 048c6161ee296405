import { describe, expect, it } from "vitest";
import { DeviceFileError, readDeviceFile } from "./device-file";

const bytes = (length: number) => btoa("x".repeat(length));
const pairing = () => ({
  cw_vitals: "device_pairing",
  version: 1,
  device: {
    kind: "heart-monitor",
    serial_number: "SIM-1",
    measures: ["heart_rate"],
    number: "1",
    action: "1",
    patient: "1234567890123456789",
  },
  pair: { body: bytes(50), signature: bytes(64) },
});
const registration = () => ({
  cw_vitals: "device_registration",
  version: 1,
  device: {
    kind: "heart-monitor",
    serial_number: "SIM-1",
    measures: ["heart_rate"],
    key: { scheme: "ed25519", bytes: bytes(32) },
    model: 1,
    firmware: 1,
    registrant: "wasm1maker",
  },
  register: { body: bytes(80), possession: bytes(64), attestation: null, holder: null },
});

function problem(text: string): string {
  try {
    readDeviceFile(text);
  } catch (error) {
    if (error instanceof DeviceFileError) return error.problem;
    throw error;
  }
  return "none";
}

describe("a device file", () => {
  it("of a pairing gives what is shown and what is sent as it stands", () => {
    const file = readDeviceFile(JSON.stringify(pairing()));
    expect(file.kind).toBe("pairing");
    expect(file.kind === "pairing" && file.pair).toEqual(pairing().pair);
    expect(file.device).toMatchObject({ serial: "SIM-1", measures: ["heart_rate"] });
  });

  it("of a registration keeps whether its maker attests it", () => {
    const without = readDeviceFile(JSON.stringify(registration()));
    expect(without.kind === "registration" && without.register.attestation).toBeNull();
    const attested = { ...registration(), register: { ...registration().register, attestation: bytes(64) } };
    const file = readDeviceFile(JSON.stringify(attested));
    expect(file.kind === "registration" && file.register.attestation).toBe(bytes(64));
  });

  it.each([
    ["", "not_json"],
    ["{", "not_json"],
    ["[]", "not_ours"],
    ['{"a":1}', "not_ours"],
    [JSON.stringify({ ...pairing(), version: 2 }), "version"],
    [JSON.stringify({ ...pairing(), cw_vitals: "maker" }), "other_kind"],
    [JSON.stringify({ ...pairing(), pair: { body: "no base64!", signature: bytes(64) } }), "damaged"],
    [JSON.stringify({ ...pairing(), pair: { body: bytes(9), signature: bytes(63) } }), "damaged"],
    [JSON.stringify({ ...pairing(), device: { ...pairing().device, measures: ["mood"] } }), "damaged"],
    [JSON.stringify({ ...pairing(), device: { ...pairing().device, patient: 12 } }), "damaged"],
    [JSON.stringify({ ...pairing(), device: { ...pairing().device, kind: "x".repeat(200) } }), "damaged"],
  ])("is refused: %s", (text, why) => {
    expect(problem(text)).toBe(why);
  });
});
