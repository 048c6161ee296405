// @vitest-environment node
import { describe, expect, it } from "vitest";
import { assuranceOf, DeviceFileError, readDeviceFile } from "./device-file";

const bytes = (length: number) => btoa("x".repeat(length));

/** As `vitals-device-sim registration` and `pairing` wrote them. */
const registration = () => ({
  cw_vitals: "device_registration",
  version: 1,
  device: {
    kind: "blood-pressure-monitor",
    serial_number: "SIM-0E579A27",
    measures: ["systolic_pressure", "diastolic_pressure"],
    key: { scheme: "ed25519", bytes: "ytejXhzB9gAEisJ42nfmHqfYDWtJ9zkKWiujg8Zjvjw=" },
    model: 7,
    firmware: 16777216,
    registrant: "wasm1qypqxpq9qcrsszg2pvxq6rs0zqg3yyc5z5tpwxqergd3c8g7rusqsxjp9e",
  },
  register: {
    body:
      "AQEgytejXhzB9gAEisJ42nfmHqfYDWtJ9zkKWiujg8ZjvjwAAAAHAQAAAGSyHJ0jKO1tjhbI9n8CIGcmxh7PcTzIRcjTIv1VqgOCAD93" +
      "YXNtMXF5cHF4cHE5cWNyc3N6ZzJwdnhxNnJzMHpxZzN5eWM1ejV0cHd4cWVyZ2QzYzhnN3J1c3FzeGpwOWU=",
    possession: "7sP2pWcPsUk9gpA/Ot7bgXV7xroXVeczo8amGclR1AopnBXMvC43HrUoqjmFaRRV4VveAtaoqFXPHK4MzC6hBg==",
    attestation: "gVuBqQ4PXqznclDmkSUH8fKOcUrgTK2E3iwbUq6oooUoYCTlykc2sHIEoGQX3+JNECPSmG8iPnuIxYv19T0nDg==",
    holder: null,
  },
});
const pairing = () => ({
  cw_vitals: "device_pairing",
  version: 1,
  device: {
    kind: "blood-pressure-monitor",
    serial_number: "SIM-0E579A27",
    measures: ["systolic_pressure", "diastolic_pressure"],
    number: "12",
    action: "1",
    patient: "8035710933247351211",
  },
  pair: {
    body: "AQAAAAAAAAAMAAAAAAAAAAFvhJSEze5Zqw==",
    signature: "etHDP4p5cL8Rahy3g67cUdStJjr0scNaNSVZnzu3Gano5msZ0MyyfoTkuWOZwRgXVrmwvY8QrmACOlgFFeRcCg==",
  },
});
const withDevice = (file: { device: object }, device: object) =>
  JSON.stringify({ ...file, device: { ...file.device, ...device } });

/** The registration with one byte of its body set: that at 75 says whether a gateway holds the key. */
function bodySet(at: number, value: number): string {
  const body = Uint8Array.from(atob(registration().register.body), (c) => c.charCodeAt(0));
  body[at] = value;
  return btoa(String.fromCharCode(...body));
}

async function problem(text: string): Promise<string> {
  try {
    await readDeviceFile(text);
  } catch (error) {
    if (error instanceof DeviceFileError) return error.problem;
    throw error;
  }
  return "none";
}

async function registered(register: object) {
  const file = await readDeviceFile(
    JSON.stringify({ ...registration(), register: { ...registration().register, ...register } }),
  );
  if (file.kind !== "registration") throw new Error(file.kind);
  return file;
}

describe("a device file", () => {
  it("of a pairing gives what its device signed, and what is sent as it stands", async () => {
    expect(await readDeviceFile(JSON.stringify(pairing()))).toEqual({
      kind: "pairing",
      serial: "SIM-0E579A27",
      signed: { device: "12", action: "1", patient: "8035710933247351211" },
      pair: pairing().pair,
    });
  });

  it("of a registration gives the key, the model and the sender that were signed", async () => {
    const { key, model, firmware, registrant } = registration().device;
    const file = await registered({});
    expect(file.signed).toMatchObject({ key, model, firmware, registrant, heldByGateway: false });
    expect(file.register).toEqual(registration().register);
  });

  it("has the assurance that the registry gives it: none of the maker's for a key that a gateway holds", async () => {
    expect(assuranceOf(await registered({}))).toBe("maker");
    expect(assuranceOf(await registered({ attestation: null }))).toBe("self_declared");
    expect(assuranceOf(await registered({ body: bodySet(75, 1) }))).toBe("gateway");
  });
});

describe("a file that shows something else than was signed is refused", () => {
  it.each([
    { number: "2" },
    { action: "2" },
    { patient: "8035710933247351212" },
    { number: 12 },
    { number: undefined },
  ])("of a pairing: %o", async (device) => {
    expect(await problem(withDevice(pairing(), device))).toBe("other_signed");
  });

  it.each([
    { model: 8 },
    { firmware: 16777217 },
    { registrant: "wasm1maker" },
    { key: { scheme: "secp256k1", bytes: registration().device.key.bytes } },
    { key: { scheme: "ed25519", bytes: bytes(32) } },
  ])("of a registration: %o", async (device) => {
    expect(await problem(withDevice(registration(), device))).toBe("other_signed");
  });
});

describe("a file is refused that", () => {
  it.each([
    ["", "not_json"],
    ["{", "not_json"],
    ["[]", "not_ours"],
    ['{"a":1}', "not_ours"],
    [JSON.stringify({ ...pairing(), version: 2 }), "version"],
    [JSON.stringify({ ...pairing(), cw_vitals: "maker" }), "other_kind"],
    [JSON.stringify({ ...pairing(), pair: { ...pairing().pair, body: "no base64!" } }), "damaged"],
    [JSON.stringify({ ...pairing(), pair: { ...pairing().pair, body: bytes(25) } }), "damaged"],
    [JSON.stringify({ ...pairing(), pair: { ...pairing().pair, body: registration().register.body } }), "damaged"],
    [JSON.stringify({ ...pairing(), pair: { ...pairing().pair, signature: bytes(63) } }), "damaged"],
    [withDevice(pairing(), { serial_number: "x".repeat(200) }), "damaged"],
    [
      JSON.stringify({ ...registration(), register: { ...registration().register, body: pairing().pair.body } }),
      "damaged",
    ],
  ])("is: %s", async (text, why) => {
    expect(await problem(text)).toBe(why);
  });
});
