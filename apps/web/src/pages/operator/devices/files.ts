/** The files that a maker's program writes: see packages/device-sim/README.md. */

import { MEASURES } from "../../../data/measures";
import { type DeviceFile, DeviceFileError, readDeviceFile } from "../../patient/devices/device-file";
import type { AdmitMaker, ListModel } from "./messages";

export type MakerFile =
  | Extract<DeviceFile, { kind: "registration" }>
  | { kind: "model"; list: ListModel }
  | { kind: "maker"; admit: AdmitMaker };

type Fields = Readonly<Record<string, unknown>>;

/** @throws DeviceFileError */
export async function readMakerFile(text: string): Promise<MakerFile> {
  const file = parsed(text);
  if (file?.cw_vitals === "device_model" && file.version === 1)
    return { kind: "model", list: model(fields(file.list_model)) };
  if (file?.cw_vitals === "maker" && file.version === 1)
    return { kind: "maker", admit: maker(fields(file.admit_maker)) };
  const found = await readDeviceFile(text);
  if (found.kind !== "registration") throw new DeviceFileError("other_kind");
  return found;
}

function parsed(text: string): Fields | undefined {
  try {
    return fields(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function model({ name, measures, lowest_firmware }: Fields): ListModel {
  if (!Array.isArray(measures) || !isText(name) || !isWhole(lowest_firmware)) throw new DeviceFileError("damaged");
  const known = measures.map((measure) => MEASURES.find((one) => one === measure));
  if (known.length === 0 || known.includes(undefined)) throw new DeviceFileError("damaged");
  return { name, lowest_firmware, measures: known.filter((one) => one !== undefined) };
}

function maker({ maker: account, name, key }: Fields): AdmitMaker {
  const { scheme, bytes } = fields(key);
  const schemes = ["ed25519", "secp256k1", "secp256r1"] as const;
  const known = schemes.find((one) => one === scheme);
  if (!isText(account) || !isText(name) || known === undefined || !isText(bytes)) throw new DeviceFileError("damaged");
  return { maker: account, name, key: { scheme: known, bytes } };
}

function fields(value: unknown): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw new DeviceFileError("damaged");
}

const isText = (value: unknown): value is string =>
  typeof value === "string" && value.length > 0 && value.length <= 128;
const isWhole = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 32;
