import { useClock } from "../../../data/clock";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button } from "../../../ui/Button";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Progress } from "../../../ui/Progress";
import { Notice } from "../../../ui/State";
import { usePatient } from "../lib/patient";
import { useGrants } from "../sharing/use-grants";
import { useAgent } from "./agent";
import { rotationProgress, worthTelling } from "./progress";
import { useRotation } from "./rotation";
import { SkippedList } from "./SkippedList";
import { stateIn } from "./store";

/** On every page while new keys are due or being made: how far that is, and how to go on. */
export function RotationNotice() {
  const t = useT();
  const { patient, info } = usePatient();
  const { secrets } = useSession();
  const agent = useAgent();
  const { status, start, dismiss } = useRotation();
  const { data: grants } = useGrants(patient);
  const now = useClock()();
  const memory = stateIn(secrets.agent);
  const pending = info.data?.pending === true;

  if (status.state === "running") {
    const { done, total } = rotationProgress(memory, grants ?? [], now);
    return (
      <Notice level="waiting" title={t("patient.rotation.running")}>
        <p>{t(pending ? "patient.rotation.step.keys" : "patient.rotation.step.packages")}</p>
        <Progress label={t("patient.rotation.packages")} done={done} total={total} />
      </Notice>
    );
  }
  if (status.state === "failed") {
    return <ErrorNotice error={status.error} title={t("patient.rotation.failed")} onRetry={start} />;
  }
  if (pending || memory?.rotating != null) {
    return (
      <Notice
        level="warning"
        title={t("patient.rotation.due")}
        actions={
          agent && (
            <Button kind="primary" onClick={start}>
              {t("patient.rotation.start")}
            </Button>
          )
        }
      >
        <p>{t("patient.rotation.due.text")}</p>
        {!agent && <p>{t("patient.rotation.no_keys")}</p>}
      </Notice>
    );
  }
  if (status.state !== "done" || !status.rotation) return null;
  const { generation, packaged } = status.rotation;
  const skipped = worthTelling(status.rotation.skipped);
  return (
    <Notice
      level={skipped.length > 0 ? "watch" : "good"}
      title={t("patient.rotation.done", { generation })}
      actions={<Button onClick={dismiss}>{t("patient.rotation.dismiss")}</Button>}
    >
      <p>{t("patient.rotation.done.text", { packages: packaged.length })}</p>
      <SkippedList of={skipped} />
    </Notice>
  );
}
