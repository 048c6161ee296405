import type { Prepared } from "@cw-vitals/client/evidence";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useVitals } from "../../../data/live";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Progress } from "../../../ui/Progress";
import { Notice } from "../../../ui/State";
import { useToast } from "../../../ui/Toast";
import { When } from "../../../ui/When";
import { PublishedTable } from "./PublishedTable";
import { benefit } from "./terms";
import { useClaimSearch } from "./use-claim";
import type { MyPolicy } from "./use-insurance";
import { useAmount, useTermSentences } from "./words";

/** The search, what it found, and what sending it publishes for ever. */
export function ClaimSearch({ of, kind }: { of: MyPolicy; kind: "claim" | "reward" }) {
  const t = useT();
  const { search, begin, cancel } = useClaimSearch(of.policy.policy, kind);
  const sentences = useTermSentences(of.product);
  return (
    <div className="stack">
      <Card title={t("patient.claim.asks")}>
        <ul className="consequences">
          {sentences.slice(0, 3).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <p>{t("patient.claim.private")}</p>
        {search.state !== "searching" && (
          <div className="actions">
            <Button kind={search.state === "found" ? "secondary" : "primary"} onClick={begin}>
              {t(search.state === "found" ? "patient.claim.again" : "patient.claim.search")}
            </Button>
          </div>
        )}
        {search.state === "searching" && (
          <Progress label={t("patient.claim.searching")} done={search.done} total={search.total} onCancel={cancel} />
        )}
      </Card>
      {search.state === "failed" && (
        <ErrorNotice error={search.error} title={t("patient.claim.not_found")} onRetry={begin} />
      )}
      {search.state === "found" && <Found of={of} kind={kind} prepared={search.prepared} />}
    </div>
  );
}

function Found({ of, kind, prepared }: { of: MyPolicy; kind: "claim" | "reward"; prepared: Prepared }) {
  const t = useT();
  const say = useToast();
  const navigate = useNavigate();
  const vitals = useVitals();
  const { run } = useSend();
  const amount = useAmount(of.product.denom);
  const [asking, setAsking] = useState(false);
  const { claim, leftOut } = prepared;
  const paid = kind === "claim" ? benefit(of.product.terms).amount : (of.product.terms.reward?.rebate ?? "0");
  const file = async () => {
    const { fileClaim } = await import("@cw-vitals/client/evidence");
    if (!vitals) throw new Error("the node has not answered yet");
    await run(() => fileClaim(vitals, prepared));
    say(t(`patient.${kind}.done`, { amount: amount(paid) }));
    void navigate(`/patient/insurance/policies/${of.policy.policy}`);
  };
  return (
    <>
      {leftOut.length > 0 && (
        <Notice level="watch" title={t("patient.claim.left_out", { count: leftOut.length })}>
          <p>{leftOut[0]?.error.message}</p>
        </Notice>
      )}
      <Card title={t("patient.claim.found", { count: claim.published.length })}>
        <p>{t("patient.claim.publishes")}</p>
        {claim.window && (
          <p>
            {t("patient.claim.window")} <When ms={claim.window.fromMs} /> – <When ms={claim.window.toMs} />
          </p>
        )}
        {claim.days.length > 0 && <p>{t("patient.reward.days", { count: claim.days.length })}</p>}
        <PublishedTable published={claim.published} />
        <div className="actions">
          <Button kind="primary" onClick={() => setAsking(true)}>
            {t("patient.claim.next")}
          </Button>
        </div>
      </Card>
      <Confirm
        open={asking}
        title={t(`patient.${kind}.confirm`)}
        consequences={[
          t(kind === "claim" ? "patient.claim.confirm.paid" : "patient.reward.confirm.paid", { amount: amount(paid) }),
          t("patient.claim.confirm.fails"),
          ...(kind === "claim" ? [t("patient.claim.confirm.used")] : []),
        ]}
        publishes={<p>{t("patient.claim.confirm.publishes", { count: claim.published.length })}</p>}
        action={t("patient.claim.file")}
        onConfirm={file}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
