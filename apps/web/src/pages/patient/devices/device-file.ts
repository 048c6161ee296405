/** The files that a device, or its maker's program, gives to an app. See packages/device-sim/README.md. */
import type * as registry from "@cw-vitals/client/registry";
import { MEASURES, type Measure } from "../../../data/measures";

type Register = registry.ExecuteMsgs["register"];
type Pair = registry.ExecuteMsgs["pair"];

/** What a file says of its device, to be shown. Only the body is signed. */
export interface ShownDevice {
  kind: string;
  serial: string;
  measures: Measure[];
}

export type DeviceFile =
  | {
      kind: "registration";
      device: ShownDevice & { registrant: string; model: number; key: registry.KeyMsg };
      register: Register;
    }
  | { kind: "pairing"; device: ShownDevice & { number: string; action: string; patient: string }; pair: Pair };

export type DeviceFileProblem = "not_json" | "not_ours" | "version" | "other_kind" | "damaged";

/** Why a file cannot be used. */
export class DeviceFileError extends Error {
  constructor(readonly problem: DeviceFileProblem) {
    super(problem);
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** @throws DeviceFileError */
export function readDeviceFile(text: string): DeviceFile {
  const file = parsed(text);
  if (typeof file.cw_vitals !== "string") throw new DeviceFileError("not_ours");
  if (file.version !== 1) throw new DeviceFileError("version");
  if (file.cw_vitals === "device_registration") return registration(file);
  if (file.cw_vitals === "device_pairing") return pairing(file);
  throw new DeviceFileError("other_kind");
}

function parsed(text: string): Fields {
  try {
    return fields(JSON.parse(text));
  } catch (error) {
    if (error instanceof DeviceFileError) throw new DeviceFileError("not_ours");
    throw new DeviceFileError("not_json");
  }
}

function registration(file: Fields): DeviceFile {
  const device = fields(file.device);
  const register = fields(file.register);
  const key = fields(device.key);
  return {
    kind: "registration",
    device: {
      ...shown(device),
      registrant: text(device.registrant),
      model: whole(device.model),
      key: { scheme: oneOf(key.scheme, ["ed25519", "secp256k1", "secp256r1"]), bytes: base64(key.bytes) },
    },
    register: {
      body: base64(register.body),
      possession: base64(register.possession, 64),
      attestation: register.attestation == null ? null : base64(register.attestation, 64),
      holder: register.holder == null ? null : holder(fields(register.holder)),
    },
  };
}

function pairing(file: Fields): DeviceFile {
  const device = fields(file.device);
  const pair = fields(file.pair);
  return {
    kind: "pairing",
    device: {
      ...shown(device),
      number: number64(device.number),
      action: number64(device.action),
      patient: number64(device.patient),
    },
    pair: { body: base64(pair.body), signature: base64(pair.signature, 64) },
  };
}

function shown(device: Fields): ShownDevice {
  if (!Array.isArray(device.measures)) throw new DeviceFileError("damaged");
  return {
    kind: text(device.kind),
    serial: text(device.serial_number),
    measures: device.measures.map((measure) => oneOf(measure, MEASURES)),
  };
}

function holder(from: Fields): registry.HolderMsg {
  return { gateway: number64(from.gateway), signature: base64(from.signature, 64) };
}

function fields(value: unknown): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw new DeviceFileError("damaged");
}

/** What is shown of a file, kept short. */
function text(value: unknown): string {
  if (typeof value === "string" && value.length > 0 && value.length <= 128) return value;
  throw new DeviceFileError("damaged");
}

function whole(value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new DeviceFileError("damaged");
}

function number64(value: unknown): string {
  if (typeof value === "string" && /^(0|[1-9]\d{0,19})$/.test(value)) return value;
  throw new DeviceFileError("damaged");
}

function oneOf<Known extends string>(value: unknown, known: readonly Known[]): Known {
  const found = known.find((one) => one === value);
  if (found === undefined) throw new DeviceFileError("damaged");
  return found;
}

function base64(value: unknown, length?: number): string {
  if (
    typeof value !== "string" ||
    value.length > 8192 ||
    !/^[A-Za-z0-9+/]+={0,2}$/.test(value) ||
    value.length % 4 !== 0
  ) {
    throw new DeviceFileError("damaged");
  }
  if (length !== undefined && atob(value).length !== length) throw new DeviceFileError("damaged");
  return value;
}
