import type { Role } from "@cw-vitals/client/consent";

/** What an issuer attests of an account. */
export const CREDENTIAL_ROLES = [
  "clinician",
  "insurer",
  "emergency_responder",
  "custodian",
  "vault_operator",
  "verified_person",
] as const satisfies readonly Role[];
