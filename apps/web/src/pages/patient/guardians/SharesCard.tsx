import type * as consent from "@cw-vitals/client/consent";
import { useState } from "react";
import { useVitals } from "../../../data/live";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { download } from "../../../ui/download";
import { Field } from "../../../ui/Field";
import { Notice } from "../../../ui/State";
import { Address } from "../../../ui/Text";
import { useAgent } from "../keys/agent";
import { KeysNeeded } from "../keys/KeysNeeded";
import { type MadeShare, makeShares, sharesProblem } from "./shares";

/** Splits what opens the backups among guardians. The pieces are shown once. */
export function SharesCard({ guardians }: { guardians: readonly consent.NamedGuardian[] }) {
  const t = useT();
  const agent = useAgent();
  const vitals = useVitals();
  const named = guardians.filter(({ info }) => info.live).map(({ guardian }) => guardian);
  const [threshold, setThreshold] = useState("2");
  const [printed, setPrinted] = useState("1");
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<MadeShare[]>();
  const problem = sharesProblem(threshold, printed, named.length);
  const next = () => {
    setTried(true);
    if (!problem) setAsking(true);
  };
  const make = async () => {
    if (!agent || !vitals) throw new Error("asked before it was ready");
    setMade(
      await makeShares(vitals, agent, { threshold: Number(threshold), guardians: named, printed: Number(printed) }),
    );
  };
  const state = agent?.keyring.recovery();
  return (
    <Card title={t("patient.shares.title")}>
      <p>{t("patient.shares.lead")}</p>
      {!agent && <KeysNeeded />}
      {agent && (
        <>
          <p>
            {state ? t("patient.shares.now", { threshold: state.threshold, of: state.of }) : t("patient.shares.none")}
          </p>
          {state && (
            <div className="actions">
              <Button
                onClick={() =>
                  download(`vitals-backup-${agent.patient}.age`, agent.keyring.backup() as Uint8Array<ArrayBuffer>)
                }
              >
                {t("patient.shares.backup")}
              </Button>
            </div>
          )}
          <div className="form">
            <Field
              label={t("patient.shares.printed")}
              hint={t("patient.shares.printed.hint", { guardians: named.length })}
              inputMode="numeric"
              value={printed}
              onChange={setPrinted}
            />
            <Field
              label={t("patient.shares.threshold")}
              hint={t("patient.shares.threshold.hint")}
              error={tried && problem ? t(`patient.shares.problem.${problem}`) : undefined}
              inputMode="numeric"
              value={threshold}
              onChange={setThreshold}
            />
            <Button onClick={next}>{t("patient.shares.make")}</Button>
          </div>
          {made && <Made shares={made} />}
        </>
      )}
      <Confirm
        open={asking}
        title={t("patient.shares.confirm")}
        consequences={[t("patient.shares.one", { threshold }), t("patient.shares.two"), t("patient.shares.three")]}
        action={t("patient.shares.make")}
        onConfirm={make}
        onClose={() => setAsking(false)}
      />
    </Card>
  );
}

function Made({ shares }: { shares: readonly MadeShare[] }) {
  const t = useT();
  return (
    <Notice level="watch" title={t("patient.shares.made")}>
      <p>{t("patient.shares.made.text")}</p>
      <ol className="consequences">
        {shares.map((share, place) => (
          <li key={share.line}>
            {share.guardian ? (
              <>
                <Address of={share.guardian} />{" "}
              </>
            ) : (
              t("patient.shares.paper")
            )}{" "}
            {share.sealed ? (
              <Button
                onClick={() => download(`vitals-share-${place + 1}.age`, share.sealed as Uint8Array<ArrayBuffer>)}
              >
                {t("patient.shares.download")}
              </Button>
            ) : (
              <code className="wrap">{share.line}</code>
            )}
          </li>
        ))}
      </ol>
    </Notice>
  );
}
