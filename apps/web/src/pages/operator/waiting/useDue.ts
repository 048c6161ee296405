import { useState } from "react";
import { useChain } from "../../../data";
import { DEPTH, dueNow } from "./due";

/** Time alone makes things due. */
const EVERY_MS = 15_000;

/** What is due now; `deeper` looks at older alerts and policies too. */
export function useDue() {
  const [depth, setDepth] = useState(DEPTH);
  const due = useChain(["operator", "due", depth], (vitals) => dueNow(vitals, depth), {
    contracts: ["care", "claims", "consent"],
    everyMs: EVERY_MS,
  });
  return { due, deeper: () => setDepth(depth * 4) };
}
