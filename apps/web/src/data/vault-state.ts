import { useQueries } from "@tanstack/react-query";
import { useSessionControl } from "../session/Session";

export interface VaultHealth {
  name: string;
  url: string;
  /** `undefined` while it is not known. */
  answers: boolean | undefined;
}

const EVERY_MS = 20_000;
const TIMEOUT_MS = 5_000;

/** Whether each configured vault answers. What it answers is not looked at: no account is named. */
export function useVaultStates(): VaultHealth[] {
  const { network } = useSessionControl();
  return useQueries({
    queries: network.vaults.map(({ name, url }) => ({
      queryKey: ["vault", url],
      queryFn: () => answers(url),
      refetchInterval: EVERY_MS,
      networkMode: "always" as const,
      meta: { contracts: [] },
      select: (up: boolean): VaultHealth => ({ name, url, answers: up }),
    })),
    combine: (results) =>
      results.map(
        ({ data }, i) =>
          data ?? { name: network.vaults[i]?.name ?? "", url: network.vaults[i]?.url ?? "", answers: undefined },
      ),
  });
}

/** Any answer to HTTP counts: a vault that refuses is there. What asks for nothing is answered by 204. */
async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { method: "GET", cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) });
    return true;
  } catch {
    return false;
  }
}
