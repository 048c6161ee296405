/** What the chain says of each contract of the deployment: of which code and version, who may migrate it, who owns it. */
import type { AdminInfo, ContractName, Vitals } from "@cw-vitals/client";

export const CONTRACTS = ["consent", "registry", "anchor", "care", "claims"] as const satisfies readonly ContractName[];

export interface ContractInfo extends AdminInfo {
  name: ContractName;
  address: string;
  /** As cw2's record names it; absent where it has none. */
  version?: string;
  codeId: number;
  /** Who can migrate it, past every promise; nobody where absent. */
  migrates?: string;
}

export const contractsOf = (vitals: Vitals): Promise<ContractInfo[]> =>
  Promise.all(CONTRACTS.map((name) => contractOf(vitals, name)));

async function contractOf(vitals: Vitals, name: ContractName): Promise<ContractInfo> {
  const address = vitals.addressOf(name);
  const { node } = vitals;
  const [admin, record, contract] = await Promise.all([
    vitals[name].admin(),
    node.raw(address, new TextEncoder().encode("contract_info")),
    node.contract(address),
  ]);
  const version = versionIn(record);
  const migrates = contract.admin;
  return {
    ...admin,
    name,
    address,
    codeId: contract.codeId,
    ...(version ? { version } : {}),
    ...(migrates ? { migrates } : {}),
  };
}

/** cw2 keeps `{contract, version}` under `contract_info`. */
export function versionIn(record: Uint8Array): string | undefined {
  try {
    const { version } = JSON.parse(new TextDecoder().decode(record)) as { version?: unknown };
    return typeof version === "string" ? version.slice(0, 32) : undefined;
  } catch {
    return undefined;
  }
}
