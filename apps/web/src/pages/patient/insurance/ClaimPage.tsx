import { useParams } from "react-router";
import { useT } from "../../../i18n";
import { ButtonLink } from "../../../ui/Button";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { useAgentState } from "../keys/agent";
import { KeysNeeded } from "../keys/KeysNeeded";
import { usePatient } from "../lib/patient";
import { ClaimSearch } from "./ClaimSearch";
import { usePolicy } from "./use-insurance";

/** A claim on readings, or for the reward: found by the rule's own search, shown, then sent. */
export function ClaimPage({ kind }: { kind: "claim" | "reward" }) {
  const t = useT();
  const { policy: number = "" } = useParams();
  const { patient } = usePatient();
  const keys = useAgentState();
  const policy = usePolicy(patient, number);
  const back = <ButtonLink to={`/patient/insurance/policies/${number}`}>{t("patient.claim.back")}</ButtonLink>;
  return (
    <Page title={t(`patient.${kind}.title`, { number })} lead={t(`patient.${kind}.lead`)} actions={back}>
      <Loaded of={policy} failed={t("patient.policy.failed")}>
        {(found) => (keys.status === "ready" ? <ClaimSearch of={found} kind={kind} /> : <KeysNeeded />)}
      </Loaded>
    </Page>
  );
}

export const ReadingsClaimPage = () => <ClaimPage kind="claim" />;
export const RewardPage = () => <ClaimPage kind="reward" />;
