import type { ProductInfo } from "@cw-vitals/client/claims";
import { useState } from "react";
import { useT } from "../../../i18n";
import { Card, Loaded, Select } from "../../../ui";
import { useProduct } from "../data/queries";
import { TermsCard } from "../terms/TermsCard";

/** The terms, in any version that was sold. */
export function TermsTab({ of }: { of: ProductInfo }) {
  const t = useT();
  const [version, setVersion] = useState(String(of.latest));
  const shown = useProduct(of.product, Number(version));
  const versions = Array.from({ length: of.latest }, (_, place) => String(of.latest - place));
  return (
    <Card title={t("insurer.terms.title")}>
      {versions.length > 1 && (
        <Select
          label={t("insurer.terms.version")}
          value={version}
          options={versions.map((value) => ({ value, label: t("insurer.terms.version.number", { version: value }) }))}
          onChange={setVersion}
        />
      )}
      <Loaded of={shown}>{({ terms, denom }) => <TermsCard terms={terms} denom={denom} />}</Loaded>
    </Card>
  );
}
