/** What an account is, and the roles that it is offered for it. */
import type { Role } from "../session/types";

export interface Standing {
  /** Patients it controls. */
  patients: string[];
  /** Somebody appointed it guardian, and it still is. */
  guardian: boolean;
  /** Roles it holds a live credential for, as the consent contract names them. */
  credentials: string[];
  /** It owns a contract of the deployment. */
  owner: boolean;
  /** An insurer gave it a part once; the insurer's pages ask whether it still has one. */
  staff: boolean;
  /** It attests devices, or people. */
  attests: boolean;
}

/** Roles that an account is offered. Anybody may become a patient. */
export function rolesOf(standing: Standing): Role[] {
  const { patients, guardian, credentials, owner, staff, attests } = standing;
  const has = (role: string) => credentials.includes(role);
  const held: [Role, boolean][] = [
    ["patient", patients.length > 0],
    ["guardian", guardian],
    ["clinician", has("clinician") || has("emergency_responder")],
    ["insurer", has("insurer") || staff],
    ["operator", owner || attests || has("vault_operator")],
  ];
  const roles = held.filter(([, is]) => is).map(([role]) => role);
  return roles.length > 0 ? roles : ["patient"];
}
