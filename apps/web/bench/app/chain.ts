/** The anchor's list of batches, answered from a file as the contract does. */
import type { Vitals } from "@cw-vitals/client";
import type { Day } from "../day";

type Batches = Vitals["anchor"]["batches"];

export function listed({ batches }: Day): Batches {
  return async ({ category, from_epoch, to_epoch, start_after, limit }) => {
    const found = batches
      .filter(
        ({ id }) => id.category === category && id.epoch >= (from_epoch ?? 0) && id.epoch < (to_epoch ?? Infinity),
      )
      .sort((a, b) => a.id.epoch - b.id.epoch || Number(a.id.device) - Number(b.id.device));
    const last = found.findIndex(({ id }) => id.epoch === start_after?.epoch && id.device === start_after.device);
    return { batches: found.slice(last + 1, last + 1 + (limit ?? 30)) };
  };
}
