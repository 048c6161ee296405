import type { GrantInfo } from "@cw-vitals/client/consent";
import { useIntl } from "react-intl";
import { useClockEach } from "../../../data/clock";
import { useT } from "../../../i18n";
import { ButtonLink } from "../../../ui/Button";
import { Empty } from "../../../ui/Card";
import { type Level, State } from "../../../ui/State";
import { type Column, Table } from "../../../ui/Table";
import { When } from "../../../ui/When";
import { HOUR_MS, type Holding, holding } from "../../care/access";
import type { Monitored } from "./useMonitored";

const LEVELS: Record<Holding, Level> = { live: "good", not_yet: "waiting", expired: "unknown", revoked: "warning" };

/** What the patient lets one do: by which grants, until when; and the ways to more. */
export function AccessTab({ patient, of }: { patient: string; of: Monitored }) {
  const t = useT();
  const intl = useIntl();
  const now = useClockEach(10_000) / 1000;
  const grants = of.grants ?? [];
  const columns: Column<GrantInfo>[] = [
    {
      key: "state",
      head: t("clinician.grant.state"),
      cell: (grant) => <State level={LEVELS[holding(grant, now)]}>{t(`clinician.grant.${holding(grant, now)}`)}</State>,
    },
    {
      key: "about",
      head: t("care.plan.about"),
      cell: (grant) => intl.formatList(grant.categories.map((category) => t(`measures.category.${category}`))),
    },
    {
      key: "may",
      head: t("clinician.grant.may"),
      cell: (grant) => intl.formatList(grant.actions.map((action) => t(`care.action.${action}`))),
    },
    {
      key: "by",
      head: t("clinician.grant.to"),
      cell: ({ grantee }) => ("team" in grantee ? t("care.team", { team: grantee.team }) : t("clinician.access.me")),
    },
    {
      key: "window",
      head: t("clinician.grant.window"),
      cell: ({ window }) => (
        <>
          <When ms={window.from * HOUR_MS} dateOnly /> – <When ms={window.to * HOUR_MS} dateOnly />
        </>
      ),
    },
    { key: "until", head: t("clinician.grant.until"), cell: (grant) => <When ms={grant.valid_until * 1000} /> },
    {
      key: "keys",
      head: t("clinician.grant.keys"),
      cell: (grant) => t(grant.package ? "clinician.grant.keys.yes" : "clinician.grant.keys.no"),
    },
  ];
  const ways = (
    <>
      <ButtonLink to="/clinician/access" kind="primary">
        {t("clinician.access.title")}
      </ButtonLink>
      <ButtonLink to={`/clinician/emergency?patient=${patient}`}>{t("clinician.emergency.open")}</ButtonLink>
    </>
  );
  return (
    <>
      <Table
        caption={t("clinician.grant.caption")}
        columns={columns}
        rows={grants}
        rowKey={(grant) => grant.grant}
        empty={<Empty title={t("clinician.grant.none")}>{t("clinician.grant.none.todo")}</Empty>}
      />
      <div className="actions">{ways}</div>
    </>
  );
}
