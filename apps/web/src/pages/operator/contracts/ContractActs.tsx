import type { AdminMsg, ContractCall } from "@cw-vitals/client";
import { useState } from "react";
import { useSend } from "../../../data";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button, Confirm, Field, useToast } from "../../../ui";
import type { ContractInfo } from "./info";

type Act = "pause" | "resume" | "accept" | "propose";

const MESSAGES: Record<Act, (owner: string) => AdminMsg> = {
  pause: () => ({ pause: {} }),
  resume: () => ({ resume: {} }),
  accept: () => ({ accept_owner: {} }),
  propose: (owner) => ({ propose_owner: { owner } }),
};

/** What the owner, or who was proposed as one, may do. */
export function ContractActs({ of }: { of: ContractInfo }) {
  const t = useT();
  const say = useToast();
  const { address } = useSession();
  const { send } = useSend();
  const [asking, setAsking] = useState<Act>();
  const [owner, setOwner] = useState("");
  const owns = of.owner === address;
  const acts: Act[] = [
    ...(owns ? [of.paused ? ("resume" as const) : ("pause" as const), "propose" as const] : []),
    ...(of.pending_owner === address ? ["accept" as const] : []),
  ];
  if (acts.length === 0) return null;
  const act = async () => {
    const call: ContractCall = { contract: of.name, msg: { admin: MESSAGES[asking as Act](owner.trim()) } };
    await send(call);
    say(t(`operator.contract.${asking as Act}.done`));
    setOwner("");
  };
  return (
    <div className="actions">
      {acts.map((one) => (
        <Button key={one} kind={one === "pause" ? "danger" : "secondary"} onClick={() => setAsking(one)}>
          {t(`operator.contract.${one}`)}
        </Button>
      ))}
      {asking && (
        <Confirm
          open
          title={t(`operator.contract.${asking}.title`, { name: t(`operator.contract.${of.name}`) })}
          kind={asking === "pause" ? "danger" : "primary"}
          consequences={[t(`operator.contract.${asking}.what`), t(`operator.contract.${asking}.back`)]}
          action={t(`operator.contract.${asking}`)}
          onConfirm={act}
          onClose={() => setAsking(undefined)}
        >
          {asking === "propose" && (
            <Field
              label={t("operator.contract.new_owner")}
              value={owner}
              onChange={setOwner}
              spellCheck={false}
              autoComplete="off"
            />
          )}
        </Confirm>
      )}
    </div>
  );
}
