import { type ChainData, useChain } from "../../../data/chain";
import { vaultsOf } from "../../../data/vaults";
import { useSession } from "../../../session/useSession";
import type { Told } from "./releases";

export interface Receipts {
  told: Told[];
  /** Accounts that anchored a log of this patient. */
  anchored: string[];
}

/** Every vault's log, each receipt held against the chain. A wallet asks for a signature each time. */
export function useReceipts(patient: string, enabled: boolean): ChainData<Receipts> {
  const { account, network } = useSession();
  return useChain<Receipts>(
    ["patient.receipts", patient],
    async (vitals) => {
      const { anchoredLogs, readLogs } = await import("@cw-vitals/client/receipts");
      const [told, heads] = await Promise.all([
        readLogs(vitals, vaultsOf({ network, account }), patient, { patient: {} }),
        anchoredLogs(vitals, patient),
      ]);
      return { told, anchored: heads.map(({ vault }) => vault) };
    },
    // read when asked: each reading of the log asks every vault
    { patient, contracts: [], enabled },
  );
}
