import type { PolicyInfo, PolicyState, ProductInfo } from "@cw-vitals/client/claims";
import { useState } from "react";
import { Link } from "react-router";
import { useChain } from "../../../data";
import { useT } from "../../../i18n";
import { Button, Card, Empty, Loaded, Select, Table, When } from "../../../ui";
import { policiesPage, TIMED } from "../data/queries";
import { OfferForm } from "./OfferForm";
import { PolicyWord } from "./StateWord";
import { POLICY_STATES } from "./states";

/** A product's policies, a page at a time, and the form to offer another. */
export function PoliciesOfProduct({ of }: { of: ProductInfo }) {
  const t = useT();
  const [state, setState] = useState<PolicyState | "all">("all");
  const [starts, setStarts] = useState<(string | undefined)[]>([undefined]);
  const choose = (next: PolicyState | "all") => {
    setState(next);
    setStarts([undefined]);
  };
  const options = [
    { value: "all" as const, label: t("insurer.policies.all") },
    ...POLICY_STATES.map((value) => ({ value, label: t(`insurer.policy.state.${value}`) })),
  ];
  return (
    <div className="stack">
      <Card title={t("insurer.policies.title")}>
        <Select label={t("insurer.policies.filter")} value={state} options={options} onChange={choose} />
        <PolicyPage
          product={of.product}
          state={state === "all" ? undefined : state}
          after={starts.at(-1)}
          first={starts.length === 1}
          onBack={() => setStarts(starts.slice(0, -1))}
          onNext={(next) => setStarts([...starts, next])}
        />
      </Card>
      {of.on_sale && <OfferForm of={of} />}
    </div>
  );
}

interface PolicyPageProps {
  product: string;
  state: PolicyState | undefined;
  after: string | undefined;
  first: boolean;
  onBack(): void;
  onNext(after: string): void;
}

function PolicyPage({ product, state, after, first, onBack, onNext }: PolicyPageProps) {
  const t = useT();
  const page = useChain(
    ["insurer", "policies", product, state, after],
    (vitals) => policiesPage(vitals, product, state, after),
    TIMED,
  );
  return (
    <Loaded of={page}>
      {({ policies, next }) => (
        <div className="stack">
          <Policies of={policies} more={next != null} />
          <div className="actions">
            {!first && <Button onClick={onBack}>{t("insurer.page.back")}</Button>}
            {next != null && <Button onClick={() => onNext(next)}>{t("insurer.page.next")}</Button>}
          </div>
        </div>
      )}
    </Loaded>
  );
}

function Policies({ of, more }: { of: readonly PolicyInfo[]; more: boolean }) {
  const t = useT();
  return (
    <Table
      caption={t("insurer.policies.caption")}
      captionHidden
      rows={of}
      rowKey={({ policy }) => policy}
      empty={<Empty title={t(more ? "insurer.policies.none_here" : "insurer.policies.none")} />}
      columns={[
        {
          key: "policy",
          head: t("insurer.policy"),
          cell: ({ policy }) => <Link to={`/insurer/policies/${policy}`}>{policy}</Link>,
        },
        { key: "state", head: t("insurer.policy.state"), cell: ({ state }) => <PolicyWord of={state} /> },
        { key: "patient", head: t("insurer.patient"), cell: ({ patient }) => patient },
        {
          key: "until",
          head: t("insurer.policy.until"),
          cell: (one) => (one.covered_until ? <When ms={one.covered_until * 1000} /> : "–"),
        },
        {
          key: "claims",
          head: t("insurer.policy.claims"),
          cell: (one) =>
            t("insurer.policy.claims.text", { paid: one.claims_paid, most: one.claims_most, open: one.claims_open }),
        },
      ]}
    />
  );
}
