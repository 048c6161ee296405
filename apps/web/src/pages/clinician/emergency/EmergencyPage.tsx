import { VitalsError } from "@cw-vitals/client";
import type { EmergencyInfo } from "@cw-vitals/client/consent";
import { useSearchParams } from "react-router";
import { useChain } from "../../../data/chain";
import { useClockEach } from "../../../data/clock";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { ButtonLink } from "../../../ui/Button";
import { Empty } from "../../../ui/Card";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { Notice } from "../../../ui/State";
import { When } from "../../../ui/When";
import { patientsInEmergency } from "../../care/discover";
import { EmergencyCard, standOf } from "../../care/EmergencyCard";
import { PatientName } from "../../care/PatientName";
import { EndEmergency } from "./EndEmergency";
import { OpenEmergencyForm } from "./OpenEmergencyForm";
import { SaveReason } from "./SaveReason";

export interface OwnEmergency {
  patient: string;
  info: EmergencyInfo;
}

/** Emergencies that this account opened, those that run on top, and the way to open one. */
export function EmergencyPage() {
  const t = useT();
  const { address } = useSession();
  const [query] = useSearchParams();
  const responder = useChain(["responder", address], ({ consent }) => consent.responder({ account: address }), {
    contracts: ["consent"],
  });
  const timing = useChain(["timing"], ({ consent }) => consent.timing(), { contracts: [] });
  const own = useChain(
    ["own-emergencies", address],
    async (vitals) => {
      const patients = await patientsInEmergency(vitals, address);
      const pages = await Promise.all(
        patients.map(async (patient) => {
          const { emergencies } = await vitals.consent.emergencies({ patient, limit: 30 });
          return emergencies
            .filter((one) => one.responder === address)
            .map((info): OwnEmergency => ({ patient, info }));
        }),
      );
      return pages.flat().sort((a, b) => b.info.opened_at - a.info.opened_at);
    },
    { contracts: ["consent"] },
  );
  return (
    <Page title={t("clinician.emergency.title")} lead={t("clinician.emergency.lead")}>
      <Loaded of={responder}>
        {(info) => (
          <>
            {info.unreviewed > 0 && (
              <Notice level="waiting" title={t("clinician.emergency.unreviewed", { count: info.unreviewed })}>
                {info.review_by != null && (
                  <p>
                    {t("clinician.emergency.review_by")} <When ms={info.review_by * 1000} />
                  </p>
                )}
              </Notice>
            )}
            {info.may_open ? (
              <OpenEmergencyForm patient={query.get("patient") ?? ""} longestS={timing.data?.max_emergency_s ?? 3600} />
            ) : (
              <ErrorNotice error={refusal(info.why_not)} title={t("clinician.emergency.may_not")} />
            )}
          </>
        )}
      </Loaded>
      <section aria-labelledby="own-emergencies">
        <h2 id="own-emergencies">{t("clinician.emergency.own")}</h2>
        <Loaded of={own}>
          {(all) => (
            <>
              {all.length === 0 && <Empty title={t("clinician.emergency.none")} />}
              {all.map((one) => (
                <Own key={`${one.patient}-${one.info.emergency}`} of={one} />
              ))}
            </>
          )}
        </Loaded>
      </section>
    </Page>
  );
}

/** Told as `code: reason`. */
function refusal(whyNot: string | null | undefined): VitalsError {
  const [code = "", ...reason] = (whyNot ?? "").split(": ");
  return new VitalsError(code, reason.join(": "));
}

function Own({ of: { patient, info } }: { of: OwnEmergency }) {
  const t = useT();
  const now = useClockEach(5000) / 1000;
  const running = standOf(info, now) === "running";
  return (
    <EmergencyCard
      of={info}
      head={
        <p>
          <PatientName of={patient} />
        </p>
      }
    >
      <div className="actions">
        {running && (
          <ButtonLink to={`/clinician/emergency/${patient}/${info.emergency}`} kind="primary">
            {t("clinician.emergency.read")}
          </ButtonLink>
        )}
        {info.ended_at == null && <EndEmergency patient={patient} emergency={info.emergency} />}
        <SaveReason patient={patient} info={info} />
      </div>
    </EmergencyCard>
  );
}
