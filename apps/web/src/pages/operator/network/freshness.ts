/** What a vault's refusal says of the vault: it looks at the request's name and at its node before it asks the chain. */
import type { VitalsError } from "@cw-vitals/client";

export type Freshness = "fresh" | "stale" | "other_name";

/** @throws the refusal where it says something else */
export function freshnessOf(refusal: VitalsError): Freshness {
  const { code } = refusal;
  if (code === "vault/stale_node") return "stale";
  if (code === "vault/wrong_vault") return "other_name";
  // refused by the chain, which the vault therefore asked
  if (code.startsWith("consent/") || code === "state/not_found") return "fresh";
  throw refusal;
}
