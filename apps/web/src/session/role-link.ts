/** Links that `demo --keep` prints: an account of a local demonstration network in the fragment, which no server sees. */
import { VitalsError } from "@cw-vitals/client/errors";
import { ROLES, type Role, type Secrets } from "./types";

export interface RoleLink {
  role: Role;
  secrets: Secrets & { mnemonic: string };
  patient?: string;
}

const PATH = /^#\/open\/([A-Za-z0-9_-]+={0,2})$/;

/** What a fragment opens; `undefined` where it is another path. */
export function readRoleLink(hash: string): RoleLink | undefined {
  const packed = PATH.exec(hash)?.[1];
  if (packed === undefined) return undefined;
  return roleLink(unpacked(packed));
}

function unpacked(packed: string): Record<string, unknown> {
  try {
    const bytes = Uint8Array.from(atob(packed.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // told below, without what it holds
  }
  throw new VitalsError("session/link", "the link is incomplete or damaged");
}

function roleLink(json: Record<string, unknown>): RoleLink {
  const { v, role, mnemonic, identity, keyring, patient } = json;
  const known = ROLES.find((one) => one === role);
  if (v !== 1 || !known || typeof mnemonic !== "string") {
    throw new VitalsError("session/link", "the link is not one that this version of the app reads");
  }
  const secrets: RoleLink["secrets"] = { mnemonic };
  if (typeof identity === "string") secrets.identity = identity;
  if (keyring !== undefined) secrets.keyring = textOf(keyring);
  return { role: known, secrets, ...(patient === undefined ? {} : { patient: String(patient) }) };
}

/** Read as JSON, a key file would lose the last digits of its patient's number. */
function textOf(keyring: unknown): string {
  if (typeof keyring === "string") return keyring;
  throw new VitalsError("session/link", "the keys in the link are no text: they would be read as another patient's");
}
