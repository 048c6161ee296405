/** Links that open the app as an account of a local network: the account is in the fragment, which no server sees. */

export type Role = "patient" | "guardian" | "clinician" | "insurer" | "operator";

export interface Link {
  v: 1;
  role: Role;
  mnemonic: string;
  /** `AGE-SECRET-KEY-1…` of the recipient that the account published. */
  identity?: string;
  /** A patient's key file under the identity, in base64; or its plain JSON. */
  keyring?: string;
  patient?: string;
}

export function link(app: string, opens: Link): string {
  return `${app}#/open/${Buffer.from(JSON.stringify(opens)).toString("base64url")}`;
}
