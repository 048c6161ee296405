import { consentCalls } from "@cw-vitals/client";
import type * as consent from "@cw-vitals/client/consent";
import { useState } from "react";
import { useClock } from "../../../data/clock";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { Select } from "../../../ui/Field";
import { useToast } from "../../../ui/Toast";
import { When } from "../../../ui/When";
import { useDuration } from "../../care/duration";
import { holders } from "./guardian-form";

type Power = "grant" | "revoke" | "recover";
const POWERS: readonly Power[] = ["grant", "revoke", "recover"];

interface QuorumCardProps {
  guardians: readonly consent.NamedGuardian[];
  quorums: consent.QuorumsInfo;
  timing: consent.Timing;
  patient: string;
}

/** How many guardians must act together. */
export function QuorumCard({ guardians, quorums, timing, patient }: QuorumCardProps) {
  const t = useT();
  const [asking, setAsking] = useState<{ power: Power; of: number }>();
  const next = quorums.recover_next;
  const nowS = useClock()() / 1000;
  return (
    <Card title={t("patient.quorum.title")}>
      <p>{t("patient.quorum.lead")}</p>
      {POWERS.map((power) => {
        const most = holders(guardians, power, nowS);
        return (
          <div key={power}>
            <p>
              <strong>{t(`patient.power.${power}`)}</strong>:{" "}
              {t(quorumKey(power, quorums[power] ?? null), { of: quorums[power] ?? 0 })}
            </p>
            {power === "recover" && next && (
              <p>
                {t("patient.quorum.later", { of: next.of })} <When ms={next.from * 1000} />
              </p>
            )}
            {most === 0 ? (
              <p className="muted">{t("patient.quorum.nobody")}</p>
            ) : (
              <Chooser power={power} most={most} onChoose={(of) => setAsking({ power, of })} />
            )}
          </div>
        );
      })}
      {asking && <QuorumDialog {...asking} timing={timing} patient={patient} onClose={() => setAsking(undefined)} />}
    </Card>
  );
}

/** Where nothing is set, one alone grants and revokes, and all together recover. */
function quorumKey(power: Power, of: number | null) {
  if (of !== null) return "patient.quorum.of";
  return power === "recover" ? "patient.quorum.all" : "patient.quorum.one";
}

function Chooser({ power, most, onChoose }: { power: Power; most: number; onChoose(of: number): void }) {
  const t = useT();
  const [of, setOf] = useState("1");
  const options = Array.from({ length: most }, (_, i) => ({
    value: String(i + 1),
    label: t("patient.quorum.choice", { of: i + 1 }),
  }));
  return (
    <div className="row">
      <Select label={t(`patient.quorum.choose.${power}`)} options={options} value={of} onChange={setOf} />
      <Button onClick={() => onChoose(Number(of))}>{t("patient.quorum.set")}</Button>
    </div>
  );
}

interface QuorumDialogProps {
  power: Power;
  of: number;
  timing: consent.Timing;
  patient: string;
  onClose(): void;
}

function QuorumDialog({ power, of, timing, patient, onClose }: QuorumDialogProps) {
  const t = useT();
  const say = useToast();
  const lasts = useDuration();
  const { send } = useSend();
  const set = async () => {
    await send(consentCalls.setQuorum({ patient, power, of }));
    say(t("patient.quorum.done"));
  };
  const notice = lasts(timing.recovery_delay_s + timing.override_delay_s);
  return (
    <Confirm
      open
      title={t("patient.quorum.confirm.title")}
      consequences={[
        t(`patient.quorum.confirm.${power}`, { of }),
        ...(power === "recover" ? [t("patient.quorum.confirm.notice", { notice })] : [t("patient.quorum.confirm.few")]),
      ]}
      action={t("patient.quorum.set")}
      onConfirm={set}
      onClose={onClose}
    />
  );
}
