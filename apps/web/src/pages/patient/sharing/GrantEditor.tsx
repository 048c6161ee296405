import { attribute, consentCalls, expectEvent } from "@cw-vitals/client";
import type * as consent from "@cw-vitals/client/consent";
import type { VitalsError } from "@cw-vitals/client/errors";
import { useState } from "react";
import { useNavigate } from "react-router";
import { explain } from "../../../data/errors";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { useSettings } from "../../../shell/settings";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { useToast } from "../../../ui/Toast";
import { useAgent } from "../keys/agent";
import { KeysNeeded } from "../keys/KeysNeeded";
import { useRotation } from "../keys/rotation";
import { usePatient } from "../lib/patient";
import { GrantFields } from "./GrantFields";
import { useGrantSentences } from "./GrantSentences";
import { type GrantForm, grantOf, problems } from "./grant-form";
import { useIssue } from "./use-issue";

/** The form of a grant; with `replaces` it ends the grant before it. */
export function GrantEditor({ initial, replaces }: { initial: GrantForm; replaces?: consent.GrantInfo }) {
  const t = useT();
  const say = useToast();
  const navigate = useNavigate();
  const { address, network } = useSession();
  const { zone } = useSettings();
  const { patient, info } = usePatient();
  const agent = useAgent();
  const rotation = useRotation();
  const { send, run } = useSend();
  const issue = useIssue();
  const sentences = useGrantSentences();
  const [form, setForm] = useState(initial);
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const found = problems(form, { now: Date.now(), timeZone: zone, prefix: network.prefix, self: address });
  const grant = grantOf(form, { timeZone: zone });

  if (!agent) return <KeysNeeded />;
  const next = () => {
    setTried(true);
    if (found.size === 0) setAsking(true);
  };
  // one transaction, all or none: what it leaves due is taken up from the chain, whatever stops this page
  const change = async ({ grant: before }: consent.GrantInfo): Promise<VitalsError | undefined> => {
    const { events } = await send([
      consentCalls.revoke({ patient, grant: before }),
      consentCalls.grant({ patient, grant }),
    ]);
    if (info.data?.pending || events.some(({ kind }) => kind === "generation_raised")) {
      rotation.start();
      return undefined;
    }
    return issue(attribute(expectEvent(events, "consent", "granted"), "grant"));
  };
  const give = async () => {
    const unissued = replaces ? await change(replaces) : (await run(() => agent.grant(grant))).issued;
    if (unissued) say(t("patient.grant.done.no_keys", { reason: explain(unissued, t).what }), "watch");
    else say(t(replaces ? "patient.grant.changed" : "patient.grant.done"));
    void navigate("/patient/sharing");
  };
  return (
    <Card>
      <GrantFields form={form} problems={tried ? found : new Set()} onChange={setForm} />
      <div className="actions">
        <Button kind="primary" onClick={next} disabled={info.data?.pending === true && !replaces}>
          {t("patient.grant.next")}
        </Button>
      </div>
      {info.data?.pending && <p className="muted">{t("patient.grant.pending")}</p>}
      <Confirm
        open={asking}
        title={t(form.occasion === "gateway" ? "patient.grant.confirm.gateway" : "patient.grant.confirm.title")}
        consequences={[
          ...sentences(grant),
          t(form.occasion === "gateway" ? "patient.grant.confirm.sealer" : "patient.grant.confirm.unread"),
          ...(replaces ? [t("patient.grant.confirm.replaces")] : []),
          t("patient.grant.confirm.public"),
        ]}
        action={t(replaces ? "patient.grant.confirm.change" : "patient.grant.confirm.action")}
        onConfirm={give}
        onClose={() => setAsking(false)}
      >
        <p>
          <code className="wrap">{form.to === "team" ? t("patient.team", { number: form.team }) : form.account}</code>
        </p>
      </Confirm>
    </Card>
  );
}
