import { useState } from "react";
import { useT } from "../../../i18n";
import { ButtonLink } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Page } from "../../../ui/Page";
import { Notice } from "../../../ui/State";
import { CopyButton } from "../../../ui/Text";
import { FileText } from "../lib/FileText";
import { usePatient } from "../lib/patient";
import { readDeviceFile } from "./device-file";
import { PairConfirm } from "./PairConfirm";
import { RegisterConfirm } from "./RegisterConfirm";
import { useFileIn } from "./use-file";

/** Takes a device by the file it signed for this patient. */
export function PairPage() {
  const t = useT();
  const { patient } = usePatient();
  const [text, setText] = useState("");
  const [done, setDone] = useState<"registered" | "paired">();
  const { file, problem, error } = useFileIn(text, readDeviceFile);
  const change = (next: string) => {
    setText(next);
    setDone(undefined);
  };
  const finish = (what: "registered" | "paired") => {
    setText("");
    setDone(what);
  };
  const back = <ButtonLink to="/patient/devices">{t("patient.devices.back")}</ButtonLink>;
  return (
    <Page title={t("patient.pair.title")} lead={t("patient.pair.lead")} actions={back}>
      {done && (
        <Notice level="good" title={t(`patient.pair.done.${done}`)}>
          <p>{t(`patient.pair.done.${done}.next`)}</p>
        </Notice>
      )}
      <Card title={t("patient.pair.number.title")}>
        <p>{t("patient.pair.number.text")}</p>
        <p>
          <code>{patient}</code> <CopyButton text={patient} label={t("patient.pair.number.copy")} />
        </p>
      </Card>
      <Card title={t("patient.pair.file.title")}>
        <FileText
          label={t("patient.pair.paste")}
          hint={t("patient.pair.paste.hint")}
          error={problem && t(`patient.pair.problem.${problem}`)}
          accept=".json,application/json"
          value={text}
          onChange={change}
        />
      </Card>
      {error !== undefined && <ErrorNotice error={error} />}
      {file?.kind === "pairing" && <PairConfirm file={file} onDone={() => finish("paired")} />}
      {file?.kind === "registration" && <RegisterConfirm file={file} onDone={() => finish("registered")} />}
    </Page>
  );
}
