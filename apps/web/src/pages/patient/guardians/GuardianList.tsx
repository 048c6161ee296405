import { consentCalls } from "@cw-vitals/client";
import type * as consent from "@cw-vitals/client/consent";
import { useState } from "react";
import { useIntl } from "react-intl";
import { useClock } from "../../../data/clock";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Card, Empty } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { State } from "../../../ui/State";
import { type Column, Table } from "../../../ui/Table";
import { Address } from "../../../ui/Text";
import { useToast } from "../../../ui/Toast";
import { When } from "../../../ui/When";
import { useDuration } from "../../care/duration";
import { useRotation } from "../keys/rotation";

interface GuardianListProps {
  guardians: readonly consent.NamedGuardian[];
  timing: consent.Timing;
  patient: string;
}

export function GuardianList({ guardians, timing, patient }: GuardianListProps) {
  const t = useT();
  const intl = useIntl();
  const [dismissing, setDismissing] = useState<consent.NamedGuardian>();
  const columns: Column<consent.NamedGuardian>[] = [
    { key: "who", head: t("patient.guardian.who"), cell: ({ guardian }) => <Address of={guardian} /> },
    {
      key: "powers",
      head: t("patient.guardian.powers"),
      cell: ({ info }) =>
        intl.formatList(info.powers.map((power) => t(`patient.power.${power}`))) || t("patient.guardian.powers.none"),
    },
    { key: "state", head: t("patient.guardian.state"), cell: ({ info }) => <GuardianState info={info} /> },
    {
      key: "do",
      head: t("patient.guardian.do"),
      cell: (one) =>
        one.info.powers.length > 0 ? (
          <Button kind="danger" onClick={() => setDismissing(one)}>
            {t("patient.guardian.dismiss")}
          </Button>
        ) : (
          t("patient.guardian.dismissed")
        ),
    },
  ];
  return (
    <Card title={t("patient.guardians.list")}>
      <Table
        caption={t("patient.guardians.caption")}
        captionHidden
        columns={columns}
        rows={guardians}
        rowKey={({ guardian }) => guardian}
        empty={<Empty title={t("patient.guardians.none")}>{<p>{t("patient.guardians.none.text")}</p>}</Empty>}
      />
      {dismissing && (
        <DismissDialog of={dismissing} timing={timing} patient={patient} onClose={() => setDismissing(undefined)} />
      )}
    </Card>
  );
}

function GuardianState({ info }: { info: consent.GuardianInfo }) {
  const t = useT();
  const now = useClock()();
  return (
    <>
      <State level={info.live ? "good" : "unknown"}>
        {t(info.live ? "patient.guardian.live" : "patient.guardian.over")}
      </State>
      {info.until != null && (
        <>
          {" "}
          <When ms={info.until * 1000} dateOnly />
        </>
      )}
      {info.recovers_from != null && info.recovers_from * 1000 > now && (
        <span className="block muted">
          {t("patient.guardian.recovers_from")} <When ms={info.recovers_from * 1000} />
        </span>
      )}
      {info.recovers_until != null && !info.powers.includes("recover") && (
        <span className="block muted">
          {t("patient.guardian.recovers_until")} <When ms={info.recovers_until * 1000} />
        </span>
      )}
    </>
  );
}

function DismissDialog({
  of,
  timing,
  patient,
  onClose,
}: {
  of: consent.NamedGuardian;
  timing: consent.Timing;
  patient: string;
  onClose(): void;
}) {
  const t = useT();
  const say = useToast();
  const lasts = useDuration();
  const { send } = useSend();
  const rotation = useRotation();
  const reads = of.info.powers.includes("read");
  const dismiss = async () => {
    await send(consentCalls.dismissGuardian({ patient, guardian: of.guardian }));
    say(t("patient.guardian.dismiss.done"));
    if (reads) rotation.start();
  };
  const notice = lasts(timing.recovery_delay_s + timing.override_delay_s);
  return (
    <Confirm
      open
      title={t("patient.guardian.dismiss.title")}
      consequences={[
        t("patient.guardian.dismiss.one"),
        ...(of.info.powers.includes("recover") ? [t("patient.guardian.dismiss.recover", { notice })] : []),
        ...(reads ? [t("patient.revoke.unread"), t("patient.revoke.keys")] : []),
        t("patient.guardian.dismiss.grants"),
      ]}
      action={t("patient.guardian.dismiss")}
      kind="danger"
      onConfirm={dismiss}
      onClose={onClose}
    >
      <p>
        <Address of={of.guardian} />
      </p>
    </Confirm>
  );
}
