import type * as consent from "@cw-vitals/client/consent";
import { Router, UserPlus } from "lucide-react";
import { useClockEach } from "../../../data/clock";
import { useT } from "../../../i18n";
import { ButtonLink } from "../../../ui/Button";
import { Empty } from "../../../ui/Card";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { usePatient } from "../lib/patient";
import { DenyCard } from "./DenyCard";
import { GrantCard } from "./GrantCard";
import { grantState } from "./grant-form";
import { useGrants } from "./use-grants";

/** Who may see what. */
export function SharingPage() {
  const t = useT();
  const { patient } = usePatient();
  const grants = useGrants(patient);
  const actions = (
    <>
      <ButtonLink kind="primary" icon={UserPlus} to="/patient/sharing/new">
        {t("patient.sharing.new")}
      </ButtonLink>
      <ButtonLink icon={Router} to="/patient/sharing/new?actions=seal">
        {t("patient.sharing.gateway")}
      </ButtonLink>
    </>
  );
  return (
    <Page title={t("patient.sharing.title")} lead={t("patient.sharing.lead")} actions={actions}>
      <Loaded of={grants} failed={t("patient.sharing.failed")}>
        {(all) => <Grants all={all} />}
      </Loaded>
      <DenyCard />
    </Page>
  );
}

function Grants({ all }: { all: readonly consent.GrantInfo[] }) {
  const t = useT();
  const now = useClockEach(30_000);
  const holds = (grant: consent.GrantInfo) => ["live", "later"].includes(grantState(grant, now));
  const live = all.filter(holds);
  const past = all.filter((grant) => !holds(grant));
  return (
    <div className="stack">
      {live.length === 0 && <Empty title={t("patient.sharing.none")}>{<p>{t("patient.sharing.none.text")}</p>}</Empty>}
      {live.map((grant) => (
        <GrantCard key={grant.grant} grant={grant} now={now} />
      ))}
      {past.length > 0 && (
        <details>
          <summary>{t("patient.sharing.past", { count: past.length })}</summary>
          <div className="stack">
            {past.map((grant) => (
              <GrantCard key={grant.grant} grant={grant} now={now} />
            ))}
          </div>
        </details>
      )}
    </div>
  );
}
