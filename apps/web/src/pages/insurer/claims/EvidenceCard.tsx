import type { ClaimInfo, PolicyInfo, ProductInfo } from "@cw-vitals/client/claims";
import { useChain } from "../../../data";
import { useT } from "../../../i18n";
import { Card, ErrorNotice, Loading, Notice, StaleMark } from "../../../ui";
import { Instant } from "../lib/Instant";
import { useConditionText } from "../terms/useTermsText";
import { ExhibitCard } from "./ExhibitCard";
import { isSameWindow, type Verified, verifiedClaim } from "./evidence";
import { ReadingsTable } from "./ReadingsTable";

interface EvidenceProps {
  claim: ClaimInfo;
  /** The time that the contract says the claim used up. */
  window: { from_ms: number; to_ms: number };
  policy: PolicyInfo;
  product: ProductInfo;
}

/** What a claim on readings published, verified anew in this browser against the chain. */
export function EvidenceCard({ claim, window, policy, product }: EvidenceProps) {
  const t = useT();
  const verified = useChain(
    ["insurer", "evidence", claim.policy, claim.claim],
    (vitals) => verifiedClaim(vitals, claim, policy, product),
    { contracts: ["anchor", "registry"] },
  );
  return (
    <>
      <Card title={t("insurer.evidence.title")}>
        <p>{t("insurer.evidence.text")}</p>
        {verified.error !== undefined && (
          <ErrorNotice error={verified.error} title={t("insurer.evidence.failed")} onRetry={verified.refetch} />
        )}
        {verified.data === undefined && verified.error === undefined && (
          <Loading label={t("insurer.evidence.verifying")} />
        )}
        <StaleMark of={verified} />
        {verified.data && <Result of={verified.data} window={window} />}
        <p>
          {t("insurer.evidence.window")} <Instant ms={window.from_ms} /> – <Instant ms={window.to_ms} />
        </p>
        <Terms product={product} />
        {verified.data && (
          <p className="muted">
            {t("insurer.evidence.tx", { height: verified.data.height })}{" "}
            <code className="insurer-long">{verified.data.tx}</code>
          </p>
        )}
      </Card>
      {verified.data && (
        <Card title={t("insurer.evidence.readings")}>
          <ReadingsTable of={verified.data} />
        </Card>
      )}
      {verified.data?.exhibits.map((exhibit, place) => (
        <ExhibitCard
          key={exhibit.batch.digest || String(place)}
          of={exhibit}
          number={place + 1}
          failure={verified.data?.judged.failures[place] ?? null}
        />
      ))}
    </>
  );
}

function Result({ of, window }: { of: Verified; window: EvidenceProps["window"] }) {
  const t = useT();
  const { judged } = of;
  const broken = judged.failures.filter((failure) => failure !== null).length;
  if (broken > 0) {
    return (
      <Notice level="danger" title={t("insurer.evidence.broken", { count: broken })}>
        <p>{t("insurer.evidence.broken.text")}</p>
      </Notice>
    );
  }
  if (judged.unmet !== null) {
    return (
      <Notice level="danger" title={t("insurer.evidence.unmet")}>
        <p>{judged.unmet}</p>
      </Notice>
    );
  }
  if (!isSameWindow(judged, window)) return <Notice level="danger" title={t("insurer.evidence.other_window")} />;
  return (
    <Notice level="good" title={t("insurer.evidence.verified")}>
      <p>{t("insurer.evidence.verified.text", { readings: judged.readings.length, batches: of.exhibits.length })}</p>
    </Notice>
  );
}

function Terms({ product }: { product: ProductInfo }) {
  const t = useT();
  const condition = useConditionText();
  if (!("disclosed" in product.terms.evidence)) return null;
  return (
    <div>
      <h3>{t("insurer.evidence.asked")}</h3>
      <ul className="consequences">
        {product.terms.evidence.disclosed.rule.conditions.map((one) => (
          <li key={one.measure}>{condition(one)}</li>
        ))}
      </ul>
    </div>
  );
}
