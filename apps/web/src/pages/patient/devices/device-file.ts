/** The files that a device, or its maker's program, gives to an app. See packages/device-sim/README.md. */
import type { SignedPairing, SignedRegistration } from "@cw-vitals/client/core";
import { isVitalsError } from "@cw-vitals/client/errors";
import type * as registry from "@cw-vitals/client/registry";

type Assurance = registry.DeviceInfo["assurance"];
type Register = registry.ExecuteMsgs["register"];
type Pair = registry.ExecuteMsgs["pair"];

/** A message for the registry, with what its device signed in it. Of the serial number it signed only a commitment. */
export type DeviceFile =
  | { kind: "registration"; serial: string; signed: SignedRegistration; register: Register }
  | { kind: "pairing"; serial: string; signed: SignedPairing; pair: Pair };

export type DeviceFileProblem = "not_json" | "not_ours" | "version" | "other_kind" | "damaged" | "other_signed";

/** Why a file cannot be used. */
export class DeviceFileError extends Error {
  constructor(readonly problem: DeviceFileProblem) {
    super(problem);
  }
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The signed body alone counts, and is sent as it stands: what the file says beside it has to be the same.
 * @throws DeviceFileError
 */
export async function readDeviceFile(text: string): Promise<DeviceFile> {
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

async function registration(file: Fields): Promise<DeviceFile> {
  const told = fields(file.device);
  const key = fields(told.key);
  const from = fields(file.register);
  const register = {
    body: base64(from.body),
    possession: base64(from.possession, 64),
    attestation: from.attestation == null ? null : base64(from.attestation, 64),
    holder: from.holder == null ? null : holder(fields(from.holder)),
  };
  const signed = await signedIn(register.body, ({ readRegistration }, body) => readRegistration(body));
  same([told.model, told.firmware, told.registrant], [signed.model, signed.firmware, signed.registrant]);
  same([key.scheme, key.bytes], [signed.key.scheme, signed.key.bytes]);
  return { kind: "registration", serial: shown(told.serial_number), signed, register };
}

async function pairing(file: Fields): Promise<DeviceFile> {
  const told = fields(file.device);
  const from = fields(file.pair);
  const pair = { body: base64(from.body), signature: base64(from.signature, 64) };
  const signed = await signedIn(pair.body, ({ readPairing }, body) => readPairing(body));
  same([told.number, told.action, told.patient], [signed.device, signed.action, signed.patient]);
  return { kind: "pairing", serial: shown(told.serial_number), signed, pair };
}

type Core = typeof import("@cw-vitals/client/core");

/** What a body says, read by the registry's own code. */
async function signedIn<Signed>(body: string, read: (core: Core, body: Uint8Array) => Signed): Promise<Signed> {
  const [core, { fromBase64 }] = await Promise.all([
    import("@cw-vitals/client/core"),
    import("../../../session/keyring"),
  ]);
  await core.loadCore();
  try {
    return core.inCore(() => read(core, fromBase64(body)));
  } catch (error) {
    if (isVitalsError(error) && error.code.startsWith("format/")) throw new DeviceFileError("damaged");
    throw error;
  }
}

/** A file that says anything else than its device signed was altered: somebody may want another device confirmed. */
function same(told: readonly unknown[], signed: readonly unknown[]): void {
  if (signed.some((value, place) => value !== told[place])) throw new DeviceFileError("other_signed");
}

/** What the registry will note: a key that a gateway holds is no device's own, whoever attests it. */
export function assuranceOf({ signed, register }: Extract<DeviceFile, { kind: "registration" }>): Assurance {
  if (signed.heldByGateway) return "gateway";
  return register.attestation == null ? "self_declared" : "maker";
}

function holder(from: Fields): registry.HolderMsg {
  return { gateway: number64(from.gateway), signature: base64(from.signature, 64) };
}

function fields(value: unknown): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw new DeviceFileError("damaged");
}

/** What is shown of a file, kept short. */
function shown(value: unknown): string {
  if (typeof value === "string" && value.length > 0 && value.length <= 128) return value;
  throw new DeviceFileError("damaged");
}

function number64(value: unknown): string {
  if (typeof value === "string" && /^(0|[1-9]\d{0,19})$/.test(value)) return value;
  throw new DeviceFileError("damaged");
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
