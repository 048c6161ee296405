import { consentCalls } from "@cw-vitals/client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useChain } from "../../data/chain";
import { useSend } from "../../data/send";
import { useT } from "../../i18n";
import { useSession } from "../../session/useSession";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { Notice } from "../../ui/State";
import { useToast } from "../../ui/Toast";
import { identityOf } from "./identity";

/** On each page until others can encrypt to the account what this browser can open. */
export function PublishKey() {
  const t = useT();
  const say = useToast();
  const { address } = useSession();
  const { send } = useSend();
  const own = useOwnRecipient();
  const [asking, setAsking] = useState(false);
  const published = useChain(["recipient", address], ({ consent }) => consent.recipient({ account: address }), {
    contracts: ["consent"],
  });
  if (own === undefined || !published.data || published.stale || published.data.recipient === own) return null;
  const how = published.data.recipient ? "other" : "none";
  const publish = async () => {
    await send(consentCalls.setRecipient({ recipient: own }));
    say(t("care.key.done"));
  };
  const action = t(`care.key.${how}.do`);
  return (
    <Notice
      level="warning"
      title={t(`care.key.${how}`)}
      actions={
        <Button kind="primary" onClick={() => setAsking(true)}>
          {action}
        </Button>
      }
    >
      <p>{t(`care.key.${how}.means`)}</p>
      <Confirm
        open={asking}
        title={t("care.key.confirm")}
        consequences={[t("care.key.confirm.use"), t("care.key.confirm.public")]}
        action={action}
        onConfirm={publish}
        onClose={() => setAsking(false)}
      />
    </Notice>
  );
}

/** The public half of what this browser holds; absent where it holds none, or a patient's keys are elsewhere. */
function useOwnRecipient(): string | undefined {
  const { address, secrets, standing } = useSession();
  const elsewhere = standing?.patients.length !== 0 && secrets.keyring === undefined;
  const { data } = useQuery({
    queryKey: [address, "own-recipient", secrets.keyring !== undefined],
    meta: { contracts: [] },
    enabled: secrets.identity !== undefined && standing !== undefined && !elsewhere,
    queryFn: async () => (await identityOf(secrets)).recipient,
  });
  return data;
}
