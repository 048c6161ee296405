import type { ClaimNotFound, Prepared } from "@cw-vitals/client/evidence";
import { useState } from "react";
import { useNavigate } from "react-router";
import { explain } from "../../../data/errors";
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
import { useSumText } from "../../money/Sum";
import { PublishedTable } from "./PublishedTable";
import { benefit } from "./terms";
import { useClaimSearch } from "./use-claim";
import type { MyPolicy } from "./use-insurance";
import { useRewardSentence, useTermSentences } from "./words";

/** The search, what it found, and what sending it publishes for ever. */
export function ClaimSearch({ of, kind }: { of: MyPolicy; kind: "claim" | "reward" }) {
  const t = useT();
  const { search, begin, cancel } = useClaimSearch(of.policy.policy, kind);
  const claim = useTermSentences(of.product).slice(0, 3);
  const reward = useRewardSentence(of.product);
  const sentences = kind === "reward" && reward ? [reward, t("patient.reward.counts")] : claim;
  return (
    <div className="stack">
      <Card title={t("patient.claim.asks")}>
        <ul className="consequences">
          {sentences.map((sentence) => (
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
        <>
          <LeftOut of={leftOutOf(search.error)} />
          <ErrorNotice error={search.error} title={t("patient.claim.not_found")} onRetry={begin} />
        </>
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
  const amount = useSumText(of.product.denom);
  const reward = useReward(of, prepared);
  const [asking, setAsking] = useState(false);
  const { claim, leftOut } = prepared;
  const paid = benefit(of.product.terms).amount;
  const file = async () => {
    const { fileClaim } = await import("@cw-vitals/client/evidence");
    if (!vitals) throw new Error("the node has not answered yet");
    await run(() => fileClaim(vitals, prepared));
    say(kind === "claim" ? t("patient.claim.done", { amount: amount(paid) }) : reward.done);
    void navigate(`/patient/insurance/policies/${of.policy.policy}`);
  };
  return (
    <>
      <LeftOut of={leftOut} />
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
          kind === "claim" ? t("patient.claim.confirm.paid", { amount: amount(paid) }) : reward.consequence,
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

/** Batches that could not be looked at: readings in them may have met the terms. */
function LeftOut({ of }: { of: Prepared["leftOut"] }) {
  const t = useT();
  const [first] = of;
  if (!first) return null;
  const { what, todo } = explain(first.error, t);
  return (
    <Notice level="watch" title={t("patient.claim.left_out", { count: of.length })}>
      <p>{what}</p>
      {todo && <p>{todo}</p>}
    </Notice>
  );
}

/** Of a search that found nothing. */
function leftOutOf(error: unknown): Prepared["leftOut"] {
  return error instanceof Error && "leftOut" in error ? (error as ClaimNotFound).leftOut : [];
}

/** What the shown days come to, together with those that were counted before. */
function useReward({ policy, product }: MyPolicy, { claim }: Prepared) {
  const t = useT();
  const amount = useSumText(product.denom);
  const { days: of = 0, rebate = "0" } = product.terms.reward ?? {};
  const values = { counted: policy.reward_days + claim.days.length, of, amount: amount(rebate) };
  const all = values.counted >= of;
  return {
    consequence: t(all ? "patient.reward.confirm.paid" : "patient.reward.confirm.counted", values),
    done: t(all ? "patient.reward.done" : "patient.reward.counted", values),
  };
}
