import { careCalls } from "@cw-vitals/client";
import type * as care from "@cw-vitals/client/care";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useIntl } from "react-intl";
import { useChain } from "../../../data/chain";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button, ButtonLink } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { Check, Field, TextArea } from "../../../ui/Field";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { Notice } from "../../../ui/State";
import { useToast } from "../../../ui/Toast";
import { usePatient } from "../lib/patient";
import { type LadderForm, ladderForm, MOST_TIERS, type TierForm, tierProblem, tiersOf } from "./ladder";
import { useLadder } from "./use-ladder";

/** The ladder that gateways and plans use where nothing else is said. */
const LADDER = 1;

/** Who is called about an alert, and who after them. */
export function LadderPage() {
  const t = useT();
  const { patient } = usePatient();
  const ladder = useLadder(patient, LADDER);
  const config = useChain<care.ConfigInfo>(["care.config"], (vitals) => vitals.care.config(), { contracts: [] });
  const back = <ButtonLink to="/patient/alerts">{t("patient.ladder.back")}</ButtonLink>;
  return (
    <Page title={t("patient.ladder.title")} lead={t("patient.ladder.lead")} actions={back}>
      <Loaded of={config}>
        {({ min_tier_s }) => (
          <Loaded of={ladder} failed={t("patient.ladder.failed")}>
            {(found) => (
              <LadderEditor key={JSON.stringify(found)} patient={patient} ladder={found} least={min_tier_s} />
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function LadderEditor({ patient, ladder, least }: { patient: string; ladder: care.LadderInfo | null; least: number }) {
  const t = useT();
  const say = useToast();
  const { locale } = useIntl();
  const { network } = useSession();
  const { send } = useSend();
  const [form, setForm] = useState<LadderForm>(() => ladderForm(ladder, locale));
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const reading = { locale, prefix: network.prefix, leastSeconds: least };
  const problems = form.tiers.map((tier) => tierProblem(tier, reading));
  const change = (at: number, tier: TierForm) =>
    setForm({ ...form, tiers: form.tiers.map((one, i) => (i === at ? tier : one)) });
  const ask = () => {
    setTried(true);
    if (problems.every((problem) => problem === undefined)) setAsking(true);
  };
  const save = async () => {
    const tiers = tiersOf(form, locale);
    await send(careCalls.setLadder({ patient, ladder: LADDER, tiers, ends_in_emergency: form.endsInEmergency }));
    say(t("patient.ladder.done"));
  };
  return (
    <div className="stack">
      {!ladder && (
        <Notice level="warning" title={t("patient.ladder.none")}>
          {<p>{t("patient.ladder.none.text")}</p>}
        </Notice>
      )}
      {form.tiers.map((tier, at) => (
        <Tier
          // biome-ignore lint/suspicious/noArrayIndexKey: a tier is its place
          key={at}
          place={at + 1}
          tier={tier}
          problem={
            tried && problems[at] ? t(`patient.ladder.problem.${problems[at]}`, { least: least / 60 }) : undefined
          }
          onChange={(next) => change(at, next)}
          onRemove={
            form.tiers.length > 1 ? () => setForm({ ...form, tiers: form.tiers.filter((_, i) => i !== at) }) : undefined
          }
        />
      ))}
      <Check
        label={t("patient.ladder.emergency")}
        hint={t("patient.ladder.emergency.hint")}
        checked={form.endsInEmergency}
        onChange={(endsInEmergency) => setForm({ ...form, endsInEmergency })}
      />
      <div className="actions">
        {form.tiers.length < MOST_TIERS && (
          <Button
            icon={Plus}
            onClick={() => setForm({ ...form, tiers: [...form.tiers, { responders: "", minutes: "5" }] })}
          >
            {t("patient.ladder.add")}
          </Button>
        )}
        <Button kind="primary" onClick={ask}>
          {t("patient.ladder.save")}
        </Button>
      </div>
      <Confirm
        open={asking}
        title={t("patient.ladder.confirm.title")}
        consequences={[
          t("patient.ladder.confirm.one"),
          t("patient.ladder.confirm.two"),
          t("patient.ladder.confirm.three"),
        ]}
        action={t("patient.ladder.save")}
        onConfirm={save}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}

interface TierProps {
  place: number;
  tier: TierForm;
  problem: string | undefined;
  onChange(tier: TierForm): void;
  onRemove: (() => void) | undefined;
}

function Tier({ place, tier, problem, onChange, onRemove }: TierProps) {
  const t = useT();
  const remove = onRemove && (
    <Button icon={Trash2} kind="quiet" onClick={onRemove}>
      {t("patient.ladder.remove", { place })}
    </Button>
  );
  return (
    <Card title={t("patient.ladder.tier", { place })} aside={remove}>
      <div className="form">
        <TextArea
          label={t("patient.ladder.responders")}
          hint={t("patient.ladder.responders.hint")}
          error={problem}
          rows={3}
          spellCheck={false}
          value={tier.responders}
          onChange={(responders) => onChange({ ...tier, responders })}
        />
        <Field
          label={t("patient.ladder.minutes")}
          hint={t("patient.ladder.minutes.hint")}
          inputMode="decimal"
          unit={t("patient.ladder.minutes.unit")}
          value={tier.minutes}
          onChange={(minutes) => onChange({ ...tier, minutes })}
        />
      </div>
    </Card>
  );
}
