import type * as consent from "@cw-vitals/client/consent";
import { useState } from "react";
import { useClock } from "../../../data/clock";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Field, TextArea } from "../../../ui/Field";
import { Loaded } from "../../../ui/Loaded";
import { State } from "../../../ui/State";
import { Address } from "../../../ui/Text";
import { useToast } from "../../../ui/Toast";
import { When } from "../../../ui/When";
import { useAgent } from "../keys/agent";
import { KeysNeeded } from "../keys/KeysNeeded";
import { usePatient } from "../lib/patient";
import { msOfHour } from "../lib/time";
import { custodianProblem, custodiansIn } from "./custodian-form";
import { useCustodians } from "./use-emergency";

/** The emergency package: whether there is one, who keeps it, and until when it reaches. */
export function CustodiansCard() {
  const t = useT();
  const { patient } = usePatient();
  const named = useCustodians(patient);
  return (
    <Card title={t("patient.custodians.title")}>
      <Loaded of={named} failed={t("patient.custodians.failed")}>
        {(found) => (
          <div className="stack">
            <Standing of={found} />
            <Editor key={JSON.stringify(found.custodians)} of={found} />
          </div>
        )}
      </Loaded>
    </Card>
  );
}

function Standing({ of }: { of: consent.CustodiansInfo }) {
  const t = useT();
  const now = useClock()();
  if (of.custodians.length === 0) return <State level="warning">{t("patient.custodians.none")}</State>;
  const { packages } = of;
  const over = packages != null && msOfHour(packages.window.to) <= now;
  return (
    <>
      <State level={packages && !over ? "good" : "warning"}>
        {t(packages ? (over ? "patient.custodians.over" : "patient.custodians.ready") : "patient.custodians.empty")}
      </State>
      {packages && (
        <p>
          {t("patient.custodians.window")} <When ms={msOfHour(packages.window.from)} /> –{" "}
          <When ms={msOfHour(packages.window.to)} />
        </p>
      )}
      <p>{t("patient.custodians.threshold", { threshold: of.threshold, count: of.custodians.length })}</p>
      <ul className="consequences">
        {of.custodians.map((custodian) => (
          <li key={custodian}>
            <Address of={custodian} />
          </li>
        ))}
      </ul>
    </>
  );
}

type Asking = "set" | "clear" | undefined;

function Editor({ of }: { of: consent.CustodiansInfo }) {
  const t = useT();
  const say = useToast();
  const agent = useAgent();
  const { network } = useSession();
  const { run, busy, status } = useSend();
  const [text, setText] = useState(of.custodians.join("\n"));
  const [threshold, setThreshold] = useState(String(of.threshold || 2));
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState<Asking>();
  const problem = custodianProblem(text, threshold, network.prefix);
  const wrong = tried && problem ? t(`patient.custodians.problem.${problem}`) : undefined;
  if (!agent) return <KeysNeeded />;
  const next = () => {
    setTried(true);
    if (!problem) setAsking("set");
  };
  const confirm = async () => {
    if (asking === "clear") await run(() => agent.setCustodians([], 0));
    else await run(() => agent.setCustodians(custodiansIn(text), Number(threshold)));
    say(t(asking === "clear" ? "patient.custodians.cleared" : "patient.custodians.done"));
  };
  const renew = () =>
    void run(() => agent.keepCustody()).then(
      (made) => say(t(made ? "patient.custodians.renewed" : "patient.custodians.holds")),
      () => undefined,
    );
  return (
    <div className="form">
      <TextArea
        label={t("patient.custodians.who")}
        hint={t("patient.custodians.who.hint")}
        error={problem === "threshold" ? undefined : wrong}
        rows={3}
        spellCheck={false}
        value={text}
        onChange={setText}
      />
      <Field
        label={t("patient.custodians.needed")}
        hint={t("patient.custodians.needed.hint")}
        error={problem === "threshold" ? wrong : undefined}
        inputMode="numeric"
        value={threshold}
        onChange={setThreshold}
      />
      <div className="actions">
        <Button kind="primary" onClick={next}>
          {t("patient.custodians.set")}
        </Button>
        {of.custodians.length > 0 && (
          <>
            <Button busy={busy} onClick={renew}>
              {t("patient.custodians.renew")}
            </Button>
            <Button kind="danger" onClick={() => setAsking("clear")}>
              {t("patient.custodians.clear")}
            </Button>
          </>
        )}
      </div>
      {status.state === "failed" && !asking && <ErrorNotice error={status.error} />}
      <Confirm
        open={asking !== undefined}
        title={t(asking === "clear" ? "patient.custodians.clear.title" : "patient.custodians.confirm.title")}
        consequences={
          asking === "clear"
            ? [t("patient.custodians.clear.one"), t("patient.custodians.confirm.keys")]
            : [
                t("patient.custodians.confirm.one", { threshold: Number(threshold) }),
                t("patient.custodians.confirm.together", { threshold: Number(threshold) }),
                t("patient.custodians.confirm.keys"),
              ]
        }
        action={t(asking === "clear" ? "patient.custodians.clear" : "patient.custodians.set")}
        kind={asking === "clear" ? "danger" : "primary"}
        onConfirm={confirm}
        onClose={() => setAsking(undefined)}
      />
    </div>
  );
}
