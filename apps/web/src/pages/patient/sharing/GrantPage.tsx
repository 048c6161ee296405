import { useMemo, useState } from "react";
import { useParams, useSearchParams } from "react-router";
import { readRequest } from "../../../data/access-request";
import { useT } from "../../../i18n";
import { useSettings } from "../../../shell/settings";
import { ButtonLink } from "../../../ui/Button";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { Notice } from "../../../ui/State";
import { usePatient } from "../lib/patient";
import { GrantEditor } from "./GrantEditor";
import { formOf, newForm } from "./grant-form";
import { formOfRequest } from "./request-form";
import { useGrants } from "./use-grants";

/** Lets somebody see something; a link of a clinician may have filled the form in. */
export function NewGrantPage() {
  const t = useT();
  const { zone } = useSettings();
  const [query] = useSearchParams();
  const request = useMemo(() => readRequest(query), [query]);
  const [form] = useState(() => formOfRequest(request, newForm(Date.now(), zone), Date.now(), zone));
  const gateway = form.occasion === "gateway";
  return (
    <Page
      title={t(gateway ? "patient.grant.new.gateway" : "patient.grant.new.title")}
      lead={t("patient.grant.new.lead")}
      actions={<Back />}
    >
      {request.grantee && (
        <Notice level="note" title={t("patient.grant.asked")}>
          <p>{t("patient.grant.asked.text")}</p>
          {request.note && <blockquote>{request.note}</blockquote>}
        </Notice>
      )}
      <GrantEditor initial={form} />
    </Page>
  );
}

/** A grant is never altered: a changed one is given, and the earlier one ended with it. */
export function ChangeGrantPage() {
  const t = useT();
  const { grant: number } = useParams();
  const { patient } = usePatient();
  const { zone } = useSettings();
  const grants = useGrants(patient);
  return (
    <Page title={t("patient.grant.change.title")} lead={t("patient.grant.change.lead")} actions={<Back />}>
      <Loaded of={grants} failed={t("patient.sharing.failed")}>
        {(all) => {
          const before = all.find(({ grant }) => grant === number);
          if (!before || before.revoked) return <Notice level="warning" title={t("patient.grant.unknown")} />;
          return <GrantEditor key={before.grant} initial={formOf(before, zone)} replaces={before} />;
        }}
      </Loaded>
    </Page>
  );
}

function Back() {
  const t = useT();
  return <ButtonLink to="/patient/sharing">{t("patient.sharing.back")}</ButtonLink>;
}
