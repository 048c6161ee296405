import { type ContractCall, registryCalls } from "@cw-vitals/client";
import type { ModelInfo } from "@cw-vitals/client/registry";
import { useState } from "react";
import { useSend } from "../../../data";
import { useT } from "../../../i18n";
import { Button, Card, Confirm, Field, FileField, TextArea, useToast } from "../../../ui";
import { digestOfFile, digestOfText } from "../../insurer/terms/digest";

type Act = "approve" | "raise" | "recall";

/** What the model's maker may do with its firmware; recalling, the owner of the registry may too. */
export function ModelActs({ of, maker, owner }: { of: ModelInfo; maker: boolean; owner: boolean }) {
  const t = useT();
  if (!maker && !owner) return <p className="muted">{t("operator.model.no_acts")}</p>;
  return (
    <div className="cards">
      {maker && <Approve of={of} />}
      {maker && <Raise of={of} />}
      <Recall of={of} />
    </div>
  );
}

const versionOf = (text: string): number | undefined =>
  /^\d{1,10}$/.test(text.trim()) && Number(text) < 2 ** 32 ? Number(text) : undefined;

function Approve({ of }: { of: ModelInfo }) {
  const t = useT();
  const [version, setVersion] = useState("");
  const [digest, setDigest] = useState<string>();
  const number = versionOf(version);
  const call =
    number !== undefined && digest !== undefined
      ? registryCalls.approveFirmware({ model: of.model, version: number, digest })
      : undefined;
  return (
    <ActCard act="approve" call={call}>
      <Field
        label={t("operator.firmware")}
        hint={t("operator.firmware.approve.hint", { newest: of.newest_firmware })}
        value={version}
        inputMode="numeric"
        onChange={setVersion}
      />
      <FileField
        label={t("operator.firmware.image")}
        onChoose={async (file) => setDigest(file && (await digestOfFile(file)))}
      />
    </ActCard>
  );
}

function Raise({ of }: { of: ModelInfo }) {
  const t = useT();
  const [version, setVersion] = useState("");
  const number = versionOf(version);
  const call =
    number === undefined ? undefined : registryCalls.raiseLowestFirmware({ model: of.model, lowest: number });
  return (
    <ActCard act="raise" call={call}>
      <Field
        label={t("operator.firmware.lowest")}
        hint={t("operator.firmware.raise.hint", { lowest: of.lowest_firmware, newest: of.newest_firmware })}
        value={version}
        inputMode="numeric"
        onChange={setVersion}
      />
    </ActCard>
  );
}

function Recall({ of }: { of: ModelInfo }) {
  const t = useT();
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [reason, setReason] = useState("");
  const [first, last] = [versionOf(from), versionOf(to)];
  const ready = first !== undefined && last !== undefined && first <= last && reason.trim() !== "";
  const call = ready
    ? async () =>
        registryCalls.recall({
          model: of.model,
          from_firmware: first,
          to_firmware: last,
          reason: await digestOfText(reason.trim()),
        })
    : undefined;
  return (
    <ActCard act="recall" call={call}>
      <Field label={t("operator.recall.from")} value={from} inputMode="numeric" onChange={setFrom} />
      <Field label={t("operator.recall.to")} value={to} inputMode="numeric" onChange={setTo} />
      <TextArea
        label={t("operator.recall.reason")}
        hint={t("operator.recall.reason.hint")}
        value={reason}
        onChange={setReason}
      />
    </ActCard>
  );
}

interface ActCardProps {
  act: Act;
  /** Absent while the form is not complete. */
  call: ContractCall | (() => Promise<ContractCall>) | undefined;
  children: React.ReactNode;
}

function ActCard({ act, call, children }: ActCardProps) {
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const [asking, setAsking] = useState(false);
  const run = async () => {
    await send(typeof call === "function" ? await call() : (call as ContractCall));
    say(t(`operator.model.${act}.done`));
  };
  return (
    <Card
      title={t(`operator.model.${act}`)}
      actions={
        <Button
          kind={act === "recall" ? "danger" : "secondary"}
          disabled={call === undefined}
          onClick={() => setAsking(true)}
        >
          {t(`operator.model.${act}.action`)}
        </Button>
      }
    >
      <div className="form">{children}</div>
      <Confirm
        open={asking}
        title={t(`operator.model.${act}.title`)}
        kind={act === "recall" ? "danger" : "primary"}
        consequences={[t(`operator.model.${act}.what`), t(`operator.model.${act}.final`)]}
        action={t(`operator.model.${act}.action`)}
        onConfirm={run}
        onClose={() => setAsking(false)}
      />
    </Card>
  );
}
