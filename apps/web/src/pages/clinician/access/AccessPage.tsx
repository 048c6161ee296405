import { useState } from "react";
import { ACTIONS, type AccessRequest, NOTE_LENGTH, requestLink } from "../../../data/access-request";
import { useChain } from "../../../data/chain";
import { CATEGORIES, type Category } from "../../../data/measures";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Card } from "../../../ui/Card";
import { Checks, Select, TextArea } from "../../../ui/Field";
import { Page } from "../../../ui/Page";
import { ShareLink } from "./ShareLink";

/** What a clinician may ask for: publishing and sealing are for others. */
const ASKED = ACTIONS.filter((action) => action !== "disclose" && action !== "seal");
const DAYS_BACK = ["0", "1", "7", "30", "365"] as const;
const DAYS = ["1", "7", "30", "90", "365"] as const;

/** A link for the patient, who decides. Nothing is sent and nothing is on the chain until then. */
export function AccessPage() {
  const t = useT();
  const { address } = useSession();
  const [to, setTo] = useState("account");
  const [categories, setCategories] = useState<Category[]>(["cardiac", "respiratory"]);
  const [actions, setActions] = useState<AccessRequest["actions"]>(["read", "receive_alerts"]);
  const [back, setBack] = useState<(typeof DAYS_BACK)[number]>("7");
  const [days, setDays] = useState<(typeof DAYS)[number]>("30");
  const [note, setNote] = useState("");
  const teams = useChain(["teams-of", address], ({ consent }) => consent.teamsOf({ account: address }), {
    contracts: ["consent"],
  });
  const request: AccessRequest = {
    grantee: to === "account" ? { account: address } : { team: to },
    purposes: ["TREAT"],
    categories,
    actions,
    back: Number(back),
    days: Number(days),
    ...(note.trim() ? { note: note.trim() } : {}),
  };
  const whole = categories.length > 0 && actions.length > 0;
  const toOptions = [
    { value: "account", label: t("clinician.access.me") },
    ...(teams.data?.teams ?? []).map((team) => ({ value: team, label: t("care.team", { team }) })),
  ];
  return (
    <Page title={t("clinician.access.title")} lead={t("clinician.access.lead")}>
      <Card title={t("clinician.access.what")}>
        <Select label={t("clinician.access.to")} value={to} options={toOptions} onChange={setTo} />
        <Checks
          legend={t("clinician.access.categories")}
          error={categories.length === 0 ? t("clinician.access.categories.none") : undefined}
          options={CATEGORIES.map((value) => ({ value, label: t(`measures.category.${value}`) }))}
          value={categories}
          onChange={setCategories}
        />
        <Checks
          legend={t("clinician.access.actions")}
          error={actions.length === 0 ? t("clinician.access.actions.none") : undefined}
          options={ASKED.map((value) => ({ value, label: t(`care.action.${value}`) }))}
          value={actions}
          onChange={setActions}
        />
        <Select
          label={t("clinician.access.back")}
          value={back}
          options={DAYS_BACK.map((value) => ({
            value,
            label: t("clinician.access.days_back", { days: Number(value) }),
          }))}
          onChange={setBack}
        />
        <Select
          label={t("clinician.access.days")}
          value={days}
          options={DAYS.map((value) => ({ value, label: t("clinician.access.days_of", { days: Number(value) }) }))}
          onChange={setDays}
        />
        <TextArea
          label={t("clinician.access.note")}
          hint={t("clinician.access.note.hint")}
          optional
          rows={2}
          maxLength={NOTE_LENGTH}
          value={note}
          onChange={setNote}
        />
      </Card>
      {whole && <ShareLink link={requestLink(request, window.location.href)} />}
    </Page>
  );
}
