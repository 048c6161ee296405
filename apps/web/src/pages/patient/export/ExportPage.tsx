import { Download } from "lucide-react";
import { useRef, useState } from "react";
import { useVitals } from "../../../data/live";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { download } from "../../../ui/download";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Page } from "../../../ui/Page";
import { Progress } from "../../../ui/Progress";
import { Notice } from "../../../ui/State";
import { useAgentState } from "../keys/agent";
import { KeysNeeded } from "../keys/KeysNeeded";
import type { Exported, ExportStep } from "./run";

type State =
  | { state: "idle" }
  | { state: "working"; step: ExportStep }
  | { state: "done"; exported: Exported; name: string; zip: Blob }
  | { state: "failed"; error: unknown };

/** Everything that is held of the patient, as open files, made in this browser. */
export function ExportPage() {
  const t = useT();
  const keys = useAgentState();
  return (
    <Page title={t("patient.export.title")} lead={t("patient.export.lead")}>
      {keys.status === "ready" ? <Exporter /> : <KeysNeeded />}
    </Page>
  );
}

function Exporter() {
  const t = useT();
  const vitals = useVitals();
  const keys = useAgentState();
  const [state, setState] = useState<State>({ state: "idle" });
  const running = useRef<AbortController>(undefined);

  const run = async () => {
    if (!vitals || keys.status !== "ready") return;
    const controller = new AbortController();
    running.current = controller;
    setState({ state: "working", step: { what: "chain", done: 0, total: 0 } });
    try {
      const [{ gatherExport }, { downloadZip }] = await Promise.all([import("./run"), import("client-zip")]);
      const { agent, vaults } = keys;
      const exported = await gatherExport({
        vitals,
        vaults,
        agent,
        about: t("patient.export.about"),
        signal: controller.signal,
        onStep: (step) => setState({ state: "working", step }),
      });
      const zip = await downloadZip(
        exported.files.map(({ name, content }) => ({ name, input: content, lastModified: new Date() })),
      ).blob();
      const name = `vitals-${agent.patient}-${new Date().toISOString().slice(0, 10)}.zip`;
      download(name, zip);
      setState({ state: "done", exported, name, zip });
    } catch (error) {
      setState(controller.signal.aborted ? { state: "idle" } : { state: "failed", error });
    }
  };

  return (
    <>
      <Card title={t("patient.export.what")}>
        <ul className="consequences">
          <li>{t("patient.export.readings")}</li>
          <li>{t("patient.export.chain")}</li>
          <li>{t("patient.export.care")}</li>
          <li>{t("patient.export.receipts")}</li>
          <li>{t("patient.export.missing")}</li>
        </ul>
        <Notice level="watch" title={t("patient.export.plain")}>
          <p>{t("patient.export.plain.text")}</p>
        </Notice>
        {state.state === "working" ? (
          <Progress
            label={t(`patient.export.step.${state.step.what}`)}
            done={state.step.done}
            total={state.step.total}
            onCancel={() => running.current?.abort()}
          />
        ) : (
          <div className="actions">
            <Button kind="primary" icon={Download} onClick={() => void run()}>
              {t("patient.export.action")}
            </Button>
          </div>
        )}
      </Card>
      {state.state === "failed" && (
        <ErrorNotice error={state.error} title={t("patient.export.failed")} onRetry={() => void run()} />
      )}
      {state.state === "done" && (
        <Notice
          level={state.exported.missing > 0 ? "watch" : "good"}
          title={t("patient.export.done", { name: state.name })}
          actions={<Button onClick={() => download(state.name, state.zip)}>{t("patient.export.again")}</Button>}
        >
          <p>
            {t("patient.export.done.text", { files: state.exported.files.length, readings: state.exported.readings })}
          </p>
          {state.exported.missing > 0 && <p>{t("patient.export.done.missing", { count: state.exported.missing })}</p>}
        </Notice>
      )}
    </>
  );
}
