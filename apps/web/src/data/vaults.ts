/** The network's vaults as an account, which say in the app when one of them does not give what it should. */
import { type Account, type Network, Vaults } from "@cw-vitals/client";
import { vaultFaults } from "./vault-faults";

export function vaultsOf({ network, account }: { network: Network; account: Account }): Vaults {
  return new Vaults(network, account, vaultFaults.tell);
}
