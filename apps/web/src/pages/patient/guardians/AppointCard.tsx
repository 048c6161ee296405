import { consentCalls } from "@cw-vitals/client";
import type * as consent from "@cw-vitals/client/consent";
import { useState } from "react";
import { useIntl } from "react-intl";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { useSettings } from "../../../shell/settings";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { Check, Field } from "../../../ui/Field";
import { useToast } from "../../../ui/Toast";
import { useDuration } from "../../care/duration";
import { DAY_MS, dateText } from "../lib/time";
import { appointment, type GuardianForm, type GuardianProblem, guardianProblems, POWERS } from "./guardian-form";

/** Gives somebody powers, or other ones than before. */
export function AppointCard({ patient, timing }: { patient: string; timing: consent.Timing }) {
  const t = useT();
  const intl = useIntl();
  const say = useToast();
  const lasts = useDuration();
  const { address, network } = useSession();
  const { zone } = useSettings();
  const { send } = useSend();
  const empty = (): GuardianForm => ({
    guardian: "",
    powers: ["acknowledge", "recover"],
    until: dateText(Date.now() + 365 * DAY_MS, zone),
  });
  const [form, setForm] = useState(empty);
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const found = guardianProblems(form, { now: Date.now(), timeZone: zone, prefix: network.prefix, self: address });
  const wrong = (...all: GuardianProblem[]) => {
    const problem = tried ? all.find((one) => found.has(one)) : undefined;
    return problem && t(`patient.appoint.problem.${problem}`);
  };
  const next = () => {
    setTried(true);
    if (found.size === 0) setAsking(true);
  };
  const toggle = (power: consent.Power, on: boolean) =>
    setForm({ ...form, powers: on ? [...form.powers, power] : form.powers.filter((one) => one !== power) });
  const appoint = async () => {
    await send(consentCalls.appointGuardian(appointment(form, patient, zone)));
    say(t("patient.appoint.done"));
    setForm(empty());
    setTried(false);
  };
  const powers = intl.formatList(form.powers.map((power) => t(`patient.power.${power}`)));
  return (
    <Card title={t("patient.appoint.title")}>
      <div className="form">
        <Field
          label={t("patient.appoint.guardian")}
          hint={t("patient.appoint.guardian.hint")}
          error={wrong("guardian", "self")}
          value={form.guardian}
          onChange={(guardian) => setForm({ ...form, guardian })}
          spellCheck={false}
          autoComplete="off"
        />
        <fieldset className="field">
          <legend className="field-label">{t("patient.appoint.powers")}</legend>
          {POWERS.map((power) => (
            <Check
              key={power}
              label={t(`patient.power.${power}`)}
              hint={t(`patient.power.${power}.hint`)}
              checked={form.powers.includes(power)}
              onChange={(on) => toggle(power, on)}
            />
          ))}
          {wrong("powers") && (
            <div className="field-error" role="alert">
              {wrong("powers")}
            </div>
          )}
        </fieldset>
        <Field
          type="date"
          label={t("patient.appoint.until")}
          error={wrong("until", "past")}
          value={form.until}
          onChange={(until) => setForm({ ...form, until })}
        />
        <Button kind="primary" onClick={next}>
          {t("patient.appoint.next")}
        </Button>
      </div>
      <Confirm
        open={asking}
        title={t("patient.appoint.confirm.title")}
        consequences={[
          t("patient.appoint.confirm.powers", { powers }),
          ...(form.powers.includes("recover")
            ? [
                t("patient.appoint.confirm.recover", {
                  notice: lasts(timing.recovery_delay_s + timing.override_delay_s),
                }),
              ]
            : []),
          t("patient.appoint.confirm.public"),
          t("patient.appoint.confirm.end"),
        ]}
        action={t("patient.appoint.action")}
        onConfirm={appoint}
        onClose={() => setAsking(false)}
      >
        <p>
          <code className="wrap">{form.guardian.trim()}</code>
        </p>
      </Confirm>
    </Card>
  );
}
