import type { Vitals } from "@cw-vitals/client";
import { Download, Siren } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { useVitals } from "../../../data/live";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { download } from "../../../ui/download";
import { Field, TextArea } from "../../../ui/Field";
import { identityOf } from "../../care/identity";
import { patientNumber } from "../../care/kept-list";
import { keepReason } from "./kept-reason";
import {
  mistakesOf,
  type OpenDraft,
  type OpenMistake,
  reasonDigest,
  reasonFile,
  SHORTEST_REASON,
  saltedReason,
  unsentReasonFile,
} from "./reason";

/** Opening reading without consent, for when there is nobody to ask. */
export function OpenEmergencyForm({ patient: given, longestS }: { patient: string; longestS: number }) {
  const t = useT();
  const [draft, setDraft] = useState<OpenDraft>({ patient: given, reason: "", hoursBack: "24", minutes: "60" });
  const [wrong, setWrong] = useState<readonly OpenMistake[]>([]);
  const [asked, setAsked] = useState(false);
  const patient = patientNumber(draft.patient);
  const change = (part: Partial<OpenDraft>) => setDraft({ ...draft, ...part });
  const longest = Math.floor(longestS / 60);
  const says = (name: OpenMistake) =>
    wrong.includes(name) ? t(`clinician.emergency.wrong.${name}`, { longest, shortest: SHORTEST_REASON }) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const mistakes = mistakesOf(draft, longestS, patient);
    setWrong(mistakes);
    setAsked(mistakes.length === 0);
  };
  return (
    <Card title={t("clinician.emergency.open")}>
      <p>{t("clinician.emergency.open.lead")}</p>
      <form onSubmit={submit} noValidate>
        <Field
          label={t("care.add.number")}
          inputMode="numeric"
          value={draft.patient}
          error={says("patient")}
          onChange={(value) => change({ patient: value })}
        />
        <TextArea
          label={t("clinician.emergency.reason")}
          hint={t("clinician.emergency.reason.hint")}
          value={draft.reason}
          error={says("reason")}
          onChange={(reason) => change({ reason })}
        />
        <Field
          label={t("clinician.emergency.hours_back")}
          hint={t("clinician.emergency.hours_back.hint")}
          unit={t("clinician.plan.hours")}
          inputMode="numeric"
          value={draft.hoursBack}
          error={says("hoursBack")}
          onChange={(hoursBack) => change({ hoursBack })}
        />
        <Field
          label={t("clinician.emergency.minutes")}
          hint={t("clinician.emergency.minutes.hint", { longest })}
          unit={t("clinician.plan.minutes")}
          inputMode="numeric"
          value={draft.minutes}
          error={says("minutes")}
          onChange={(minutes) => change({ minutes })}
        />
        <Button type="submit" kind="danger" icon={Siren}>
          {t("clinician.emergency.open")}
        </Button>
      </form>
      {asked && patient && <ConfirmOpen draft={{ ...draft, patient }} onClose={() => setAsked(false)} />}
    </Card>
  );
}

function ConfirmOpen({ draft, onClose }: { draft: OpenDraft; onClose(): void }) {
  const t = useT();
  const vitals = useVitals();
  const navigate = useNavigate();
  const { secrets, notes } = useSession();
  const { run } = useSend();
  const { patient } = draft;
  // one for all attempts: the digest of the one that came through is of what was kept
  const [reason] = useState(() => saltedReason(draft.reason));
  const saveNow = async () => download(unsentReasonFile(patient, await reasonDigest(reason)), reason);
  const open = async () => {
    const identity = await identityOf(secrets);
    await keepReason(notes, patient, reason);
    const { openEmergency } = await import("@cw-vitals/client/emergency");
    const request = { patient, reason, hoursBack: Number(draft.hoursBack), forS: Number(draft.minutes) * 60 };
    const { emergency } = await run(() => openEmergency(vitals as Vitals, identity, request));
    download(reasonFile(patient, emergency), reason);
    void navigate(`/clinician/emergency/${patient}/${emergency}`);
  };
  return (
    <Confirm
      open
      title={t("clinician.emergency.confirm", { patient })}
      consequences={[
        t("clinician.emergency.confirm.what"),
        t("clinician.emergency.confirm.told"),
        t("clinician.emergency.confirm.review"),
        t("clinician.emergency.confirm.file"),
      ]}
      publishes={t("clinician.emergency.confirm.public")}
      action={t("clinician.emergency.open")}
      kind="danger"
      onConfirm={open}
      onClose={onClose}
    >
      <Button icon={Download} onClick={saveNow}>
        {t("clinician.emergency.reason.save")}
      </Button>
    </Confirm>
  );
}
