import type * as consent from "@cw-vitals/client/consent";
import { useState } from "react";
import { useT } from "../../../i18n";
import { Button, ButtonLink } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { type Level, State } from "../../../ui/State";
import { Address } from "../../../ui/Text";
import { Party } from "../lib/Party";
import { GrantSentences } from "./GrantSentences";
import { type GrantState, givesKeys, grantState, OCCASION, OCCASIONS } from "./grant-form";
import { NoKeysYet } from "./NoKeysYet";
import { RevokeDialog } from "./RevokeDialog";

const LEVEL: Record<GrantState, Level> = { live: "good", later: "waiting", over: "unknown", revoked: "unknown" };

/** One grant: to whom, what it allows, and how to change or end it. */
export function GrantCard({ grant, now }: { grant: consent.GrantInfo; now: number }) {
  const t = useT();
  const [revoking, setRevoking] = useState(false);
  const state = grantState(grant, now);
  const sealer = grant.actions.includes("seal");
  const kind = sealer
    ? "gateway"
    : (OCCASIONS.find((one) => OCCASION[one].purpose === grant.purposes[0]) ?? "treatment");
  const actions = !grant.revoked && state !== "over" && (
    <>
      <ButtonLink to={`/patient/sharing/change/${grant.grant}`}>{t("patient.grant.change")}</ButtonLink>
      <Button kind="danger" onClick={() => setRevoking(true)}>
        {t("patient.grant.revoke")}
      </Button>
    </>
  );
  return (
    <Card
      title={t("patient.grant.name", { kind: t(`patient.occasion.${kind}`), grant: grant.grant })}
      aside={<State level={LEVEL[state]}>{t(`patient.grant.state.${state}`)}</State>}
      actions={actions || undefined}
    >
      <p>
        <Party of={grant.grantee} />
      </p>
      <GrantSentences of={grant} />
      {grant.by != null && (
        <p>
          {t("patient.grant.by")} <Address of={grant.by} />
        </p>
      )}
      {state === "live" && !grant.package && givesKeys(grant) && <NoKeysYet grant={grant.grant} />}
      {revoking && <RevokeDialog grant={grant} onClose={() => setRevoking(false)} />}
    </Card>
  );
}
