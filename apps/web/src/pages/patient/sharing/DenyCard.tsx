import { consentCalls } from "@cw-vitals/client";
import type * as consent from "@cw-vitals/client/consent";
import { VitalsError } from "@cw-vitals/client/errors";
import { useState } from "react";
import { explain } from "../../../data/errors";
import { isRecordNumber } from "../../../data/record-number";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { Field } from "../../../ui/Field";
import { Loaded } from "../../../ui/Loaded";
import { State } from "../../../ui/State";
import { useToast } from "../../../ui/Toast";
import { When } from "../../../ui/When";
import { useAgent } from "../keys/agent";
import { useRotation } from "../keys/rotation";
import { usePatient } from "../lib/patient";
import { isAddress } from "./grant-form";
import { useDenial } from "./use-grants";

/** The contract lists no denials: whom it is about is named, looked up, and then blocked or let in again. */
export function DenyCard() {
  const t = useT();
  const { network, address } = useSession();
  const [text, setText] = useState("");
  const [whom, setWhom] = useState<consent.Party>();
  const [tried, setTried] = useState(false);
  const found = partyIn(text, network.prefix);
  const self = found && "account" in found && found.account === address;
  const error = tried && (!found || self) ? t(self ? "patient.deny.self" : "patient.deny.problem") : undefined;
  const look = () => {
    setTried(true);
    setWhom(self ? undefined : found);
  };
  return (
    <Card title={t("patient.deny.title")}>
      <p>{t("patient.deny.lead")}</p>
      <div className="form">
        <Field
          label={t("patient.deny.whom")}
          hint={t("patient.deny.whom.hint")}
          error={error}
          value={text}
          onChange={setText}
          spellCheck={false}
        />
        <Button onClick={look}>{t("patient.deny.look")}</Button>
      </div>
      {whom && <Denial key={JSON.stringify(whom)} whom={whom} />}
    </Card>
  );
}

function partyIn(text: string, prefix: string): consent.Party | undefined {
  const typed = text.trim();
  if (isRecordNumber(typed)) return { team: typed };
  return isAddress(typed, prefix) ? { account: typed } : undefined;
}

function Denial({ whom }: { whom: consent.Party }) {
  const t = useT();
  const { patient } = usePatient();
  const denial = useDenial(patient, whom);
  const [asking, setAsking] = useState(false);
  return (
    <Loaded of={denial}>
      {(since) => (
        <div className="stack">
          {since === null ? (
            <State level="good">{t("patient.deny.not")}</State>
          ) : (
            <p>
              <State level="danger">{t("patient.deny.since")}</State> <When ms={since} />
            </p>
          )}
          <div className="actions">
            <Button kind={since === null ? "danger" : "secondary"} onClick={() => setAsking(true)}>
              {t(since === null ? "patient.deny.deny" : "patient.deny.allow")}
            </Button>
          </div>
          {asking && <DenyDialog whom={whom} denied={since !== null} onClose={() => setAsking(false)} />}
        </div>
      )}
    </Loaded>
  );
}

function DenyDialog({ whom, denied, onClose }: { whom: consent.Party; denied: boolean; onClose(): void }) {
  const t = useT();
  const say = useToast();
  const { patient, info } = usePatient();
  const { send, run } = useSend();
  const agent = useAgent();
  const rotation = useRotation();
  const act = denied ? "allow" : "deny";
  // keys that were made while they were blocked passed them over
  const handOver = async () => {
    if (!agent || info.data?.pending) return;
    try {
      await run(() => agent.roll());
    } catch (error) {
      if (!(error instanceof VitalsError)) throw error;
      say(t("patient.deny.allow.no_keys", { reason: explain(error, t).what }), "watch");
    }
  };
  const confirm = async () => {
    const { events } = await send(consentCalls[act]({ patient, whom }));
    say(t(`patient.deny.${act}.done`));
    if (events.some(({ kind }) => kind === "generation_raised")) rotation.start();
    if (denied) await handOver();
  };
  const team = "team" in whom ? "team" : "account";
  return (
    <Confirm
      open
      title={t(`patient.deny.${act}.title`)}
      consequences={
        denied
          ? [t("patient.deny.allow.one"), t("patient.deny.allow.two")]
          : [t(`patient.deny.deny.${team}`), t("patient.deny.deny.keys"), t("patient.revoke.unread")]
      }
      action={t(`patient.deny.${act}`)}
      kind={denied ? "primary" : "danger"}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
