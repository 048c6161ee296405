import { consentCalls } from "@cw-vitals/client";
import type * as consent from "@cw-vitals/client/consent";
import { useState } from "react";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Confirm } from "../../../ui/Confirm";
import { Notice } from "../../../ui/State";
import { Address } from "../../../ui/Text";
import { useToast } from "../../../ui/Toast";
import { When } from "../../../ui/When";

/** Guardians hand the patient to another account: shown wherever the patient looks, since only a veto stops it. */
export function RecoveryNotice({ recovery, patient }: { recovery: consent.RecoveryInfo; patient: string }) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const { stage, votes, needed } = recovery;
  if (!stage) return null;
  const vetoable = "collecting" in stage || "waiting" in stage;
  return (
    <Notice
      level="danger"
      title={t("patient.recovery.title")}
      actions={
        vetoable && (
          <Button kind="danger" onClick={() => setAsking(true)}>
            {t("patient.recovery.veto")}
          </Button>
        )
      }
    >
      {"collecting" in stage && (
        <>
          <p>{t("patient.recovery.collecting", { votes: votes.length, needed })}</p>
          <ul className="consequences">
            {votes.map(({ guardian, account }) => (
              <li key={guardian}>
                <Address of={guardian} /> → <Address of={account} />
              </li>
            ))}
          </ul>
        </>
      )}
      {"waiting" in stage && <Ready text={t("patient.recovery.waiting")} {...stage.waiting} />}
      {"overriding" in stage && <Ready text={t("patient.recovery.overriding")} {...stage.overriding} />}
      {"vetoed" in stage && (
        <p>
          {t("patient.recovery.vetoed")} <When ms={stage.vetoed.at * 1000} />
        </p>
      )}
      {asking && <VetoDialog patient={patient} onClose={() => setAsking(false)} />}
    </Notice>
  );
}

function Ready({ text, account, ready_at }: { text: string; account: string; ready_at: number }) {
  return (
    <p>
      {text} <Address of={account} /> <When ms={ready_at * 1000} />
    </p>
  );
}

function VetoDialog({ patient, onClose }: { patient: string; onClose(): void }) {
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const veto = async () => {
    await send(consentCalls.vetoRecovery({ patient }));
    say(t("patient.recovery.veto.done"));
  };
  return (
    <Confirm
      open
      title={t("patient.recovery.veto.title")}
      consequences={[t("patient.recovery.veto.one"), t("patient.recovery.veto.two")]}
      action={t("patient.recovery.veto")}
      kind="danger"
      onConfirm={veto}
      onClose={onClose}
    />
  );
}
