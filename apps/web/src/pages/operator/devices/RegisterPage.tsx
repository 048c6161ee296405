import { attribute, type ContractCall, expectEvent, registryCalls } from "@cw-vitals/client";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useSend } from "../../../data";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Address, Button, Card, Confirm, ErrorNotice, Facts, Loaded, Notice, Page, useToast } from "../../../ui";
import { assuranceOf } from "../../patient/devices/device-file";
import { useFileIn } from "../../patient/devices/use-file";
import { useModel } from "../../patient/devices/use-model";
import { FileText } from "../../patient/lib/FileText";
import { type MakerFile, readMakerFile } from "./files";

/** Sends what a maker's program wrote: a device's registration, a model, a maker. */
export function RegisterPage() {
  const t = useT();
  const [text, setText] = useState("");
  const given = useFileIn(text, readMakerFile);
  return (
    <Page title={t("operator.register.title")} lead={t("operator.register.lead")}>
      <Card title={t("operator.register.file")}>
        <FileText
          label={t("operator.register.paste")}
          hint={t("operator.register.hint")}
          error={given.problem ? t(`operator.register.error.${given.problem}`) : undefined}
          accept=".json"
          value={text}
          onChange={setText}
        />
      </Card>
      {given.error !== undefined && <ErrorNotice error={given.error} />}
      {given.file && <Shown of={given.file} onDone={() => setText("")} />}
    </Page>
  );
}

function callOf(file: MakerFile): ContractCall {
  if (file.kind === "registration") return registryCalls.register(file.register);
  return file.kind === "model" ? registryCalls.listModel(file.list) : registryCalls.admitMaker(file.admit);
}

function Shown({ of, onDone }: { of: MakerFile; onDone(): void }) {
  const t = useT();
  const say = useToast();
  const navigate = useNavigate();
  const { address } = useSession();
  const { send } = useSend();
  const [asking, setAsking] = useState(false);
  const elsewhere = of.kind === "registration" && of.signed.registrant !== address;
  const run = async () => {
    const sent = await send(callOf(of));
    onDone();
    if (of.kind === "maker") return say(t("operator.register.maker.done"));
    const event =
      of.kind === "model"
        ? expectEvent(sent.events, "registry", "model_listed")
        : expectEvent(sent.events, "registry", "registered");
    const number = attribute(event, of.kind === "model" ? "model" : "device");
    say(t(`operator.register.${of.kind}.done`, { number }));
    navigate(of.kind === "model" ? `/operator/models/${number}` : `/operator/devices/${number}`);
  };
  return (
    <Card
      title={t(`operator.register.${of.kind}`)}
      actions={
        !elsewhere && (
          <Button kind="primary" onClick={() => setAsking(true)}>
            {t(`operator.register.${of.kind}.action`)}
          </Button>
        )
      }
    >
      {elsewhere && <Notice level="warning" title={t("operator.register.other")} />}
      <FileFacts of={of} />
      <Confirm
        open={asking}
        title={t(`operator.register.${of.kind}.confirm`)}
        consequences={[t(`operator.register.${of.kind}.what`), t(`operator.register.${of.kind}.final`)]}
        action={t(`operator.register.${of.kind}.action`)}
        onConfirm={run}
        onClose={() => setAsking(false)}
      />
    </Card>
  );
}

function FileFacts({ of }: { of: MakerFile }) {
  const t = useT();
  if (of.kind === "maker") {
    return (
      <Facts
        of={[
          { name: t("operator.name"), value: of.admit.name },
          { name: t("operator.account"), value: <Address of={of.admit.maker} /> },
          { name: t("operator.key"), value: of.admit.key.scheme },
        ]}
      />
    );
  }
  if (of.kind === "model") {
    return (
      <Facts
        of={[
          { name: t("operator.name"), value: of.list.name },
          { name: t("operator.measures"), value: of.list.measures.map((one) => t(`measures.${one}`)).join(", ") },
          { name: t("operator.firmware.lowest"), value: of.list.lowest_firmware },
        ]}
      />
    );
  }
  return <OfDevice file={of} />;
}

/** What was signed, and what the chain knows of the model that is named there. */
function OfDevice({ file }: { file: Extract<MakerFile, { kind: "registration" }> }) {
  const t = useT();
  const model = useModel(file.signed.model);
  return (
    <>
      <Facts
        of={[
          { name: t("operator.register.serial"), value: file.serial },
          { name: t("operator.key"), value: file.signed.key.scheme },
          { name: t("operator.firmware"), value: file.signed.firmware },
          { name: t("operator.registrant"), value: <Address of={file.signed.registrant} /> },
          { name: t("operator.assurance"), value: t(`operator.assurance.${assuranceOf(file)}`) },
        ]}
      />
      <Loaded of={model} failed={t("operator.register.model.unknown", { number: file.signed.model })}>
        {(found) => (
          <Facts
            of={[
              { name: t("operator.model"), value: `${found.name} (${found.model})` },
              { name: t("operator.maker"), value: found.makerName },
              { name: t("operator.measures"), value: found.measures.map((one) => t(`measures.${one}`)).join(", ") },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}
