import { useRef, useState } from "react";
import { useChain } from "../../../data/chain";
import { useVitals } from "../../../data/live";
import { useSend } from "../../../data/send";
import { vaultsOf } from "../../../data/vaults";
import { useT } from "../../../i18n";
import { askToPersist } from "../../../session/persistence";
import { type OpenSession, useSession } from "../../../session/useSession";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { Loaded } from "../../../ui/Loaded";
import { keyStore } from "./store";

/** Draws a patient's first keys. Where there were keys before, new ones would open nothing: those are to be restored. */
export function MakeKeys({ patient, onDone }: { patient: string; onDone?: () => void }) {
  const t = useT();
  const { address } = useSession();
  const before = useChain(
    ["patient.keys_before", patient, address],
    async ({ consent }) => {
      const [{ grants }, { commitment }] = await Promise.all([
        consent.grants({ patient, limit: 1 }),
        consent.patient({ patient }),
      ]);
      return grants.length > 0 || commitment != null;
    },
    { patient, contracts: ["consent"] },
  );
  return (
    <Card title={t("patient.make.title")}>
      <Loaded of={before}>
        {(had) => (had ? <p>{t("patient.make.had")}</p> : <Make patient={patient} {...(onDone && { onDone })} />)}
      </Loaded>
    </Card>
  );
}

function Make({ patient, onDone }: { patient: string; onDone?: () => void }) {
  const t = useT();
  const session = useSession();
  const latest = useRef(session);
  latest.current = session;
  const vitals = useVitals();
  const { run } = useSend();
  const [asking, setAsking] = useState(false);
  const make = () =>
    run(async () => {
      if (!vitals) throw new Error("the node has not answered yet");
      const [{ KeyAgent }, { keptKeyring }] = await Promise.all([
        import("@cw-vitals/client/keys"),
        import("../../../session/keyring"),
      ]);
      const { secrets, network, account } = latest.current;
      const saveSecrets: OpenSession["saveSecrets"] = (part, held) => latest.current.saveSecrets(part, held);
      const store = keyStore({ secrets, saveSecrets }, keptKeyring);
      await KeyAgent.create(vitals, vaultsOf({ network, account }), patient, store);
      void askToPersist();
      onDone?.();
    });
  return (
    <>
      <p>{t("patient.make.lead")}</p>
      <div className="actions">
        <Button kind="primary" onClick={() => setAsking(true)}>
          {t("patient.make.action")}
        </Button>
      </div>
      <Confirm
        open={asking}
        title={t("patient.make.confirm")}
        consequences={[t("patient.make.one"), t("patient.make.two"), t("patient.make.three")]}
        action={t("patient.make.action")}
        onConfirm={make}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
