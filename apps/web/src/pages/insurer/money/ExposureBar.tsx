import type { PoolInfo } from "@cw-vitals/client/claims";
import { permille, sum } from "../../money/amount";

/** How much of what is kept is promised, held and free; its numbers are said beside it. */
export function ExposureBar({ pool }: { pool: PoolInfo }) {
  const kept = sum([pool.free, pool.locked, pool.held]);
  return (
    <div className="insurer-bar" aria-hidden="true">
      {(["locked", "held", "free"] as const).map((account) => (
        <span key={account} className={`insurer-bar-${account}`} style={{ flexGrow: permille(pool[account], kept) }} />
      ))}
    </div>
  );
}
