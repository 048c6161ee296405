import type { ClaimState, PolicyState } from "@cw-vitals/client/claims";
import { useT } from "../../../i18n";
import { State } from "../../../ui";
import { levelOfClaim, levelOfPolicy } from "./states";

export function PolicyWord({ of }: { of: PolicyState }) {
  const t = useT();
  return <State level={levelOfPolicy(of)}>{t(`insurer.policy.state.${of}`)}</State>;
}

export function ClaimWord({ of }: { of: ClaimState }) {
  const t = useT();
  return <State level={levelOfClaim(of)}>{t(`insurer.claim.state.${of}`)}</State>;
}
