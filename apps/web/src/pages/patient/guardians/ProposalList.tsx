import { consentCalls } from "@cw-vitals/client";
import type * as consent from "@cw-vitals/client/consent";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Address } from "../../../ui/Text";
import { When } from "../../../ui/When";

/** What guardians want to do together; the patient may take it off the table. */
export function ProposalList({ proposals, patient }: { proposals: readonly consent.ProposalInfo[]; patient: string }) {
  const t = useT();
  if (proposals.length === 0) return null;
  return (
    <Card title={t("patient.proposals.title")}>
      {proposals.map((proposal) => (
        <Proposal key={proposal.proposal} of={proposal} patient={patient} />
      ))}
    </Card>
  );
}

function Proposal({ of, patient }: { of: consent.ProposalInfo; patient: string }) {
  const t = useT();
  const { send, busy, status } = useSend();
  const [proposer] = of.approvals;
  const kind = Object.keys(of.msg)[0] ?? "";
  const known =
    kind === "grant" || kind === "revoke" || kind === "deny" || kind === "review_emergency" ? kind : "other";
  const cancel = () => void send(consentCalls.cancel({ patient, proposal: of.proposal })).catch(() => undefined);
  return (
    <div className="stack">
      <p>
        <strong>{t(`patient.proposal.${known}`)}</strong>{" "}
        {t("patient.proposal.approvals", { count: of.approvals.length })} {proposer && <Address of={proposer} />}{" "}
        {t("patient.proposal.until")} <When ms={of.until * 1000} />
      </p>
      <details>
        <summary>{t("patient.proposal.detail")}</summary>
        <pre className="wrap">{JSON.stringify(of.msg, null, 2)}</pre>
      </details>
      <div className="actions">
        <Button busy={busy} onClick={cancel}>
          {t("patient.proposal.cancel")}
        </Button>
      </div>
      {status.state === "failed" && <ErrorNotice error={status.error} />}
    </div>
  );
}
