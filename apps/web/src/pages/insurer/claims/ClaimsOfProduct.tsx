import type { ClaimId, ClaimState, ProductInfo } from "@cw-vitals/client/claims";
import { useState } from "react";
import { useChain } from "../../../data";
import { useT } from "../../../i18n";
import { Button, Card, Loaded, Select } from "../../../ui";
import { TIMED } from "../data/queries";
import { CLAIM_STATES } from "../policies/states";
import { ClaimsTable } from "./ClaimsTable";

/** A product's claims, in any state or one, a page at a time. */
export function ClaimsOfProduct({ of }: { of: ProductInfo }) {
  const t = useT();
  const [state, setState] = useState<ClaimState | "all">("all");
  const [starts, setStarts] = useState<(ClaimId | undefined)[]>([undefined]);
  const after = starts.at(-1);
  const page = useChain(
    ["insurer", "product-claims", of.product, state, after],
    ({ claims }) =>
      claims.productClaims({
        product: of.product,
        limit: 30,
        ...(state === "all" ? {} : { state }),
        ...(after ? { start_after: after } : {}),
      }),
    TIMED,
  );
  const choose = (next: ClaimState | "all") => {
    setState(next);
    setStarts([undefined]);
  };
  const options = [
    { value: "all" as const, label: t("insurer.claims.all") },
    ...CLAIM_STATES.map((value) => ({ value, label: t(`insurer.claim.state.${value}`) })),
  ];
  return (
    <Card title={t("insurer.claims.title")}>
      <Select label={t("insurer.claims.filter")} value={state} options={options} onChange={choose} />
      <Loaded of={page}>
        {({ claims, next }) => (
          <div className="stack">
            <ClaimsTable of={claims.map((claim) => ({ ...claim, product: of.product }))} products={[of]} />
            <div className="actions">
              {starts.length > 1 && (
                <Button onClick={() => setStarts(starts.slice(0, -1))}>{t("insurer.page.back")}</Button>
              )}
              {next && <Button onClick={() => setStarts([...starts, next])}>{t("insurer.page.next")}</Button>}
            </div>
          </div>
        )}
      </Loaded>
    </Card>
  );
}
