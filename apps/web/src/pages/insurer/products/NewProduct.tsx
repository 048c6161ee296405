import { allPages, attribute, claimsCalls, expectEvent } from "@cw-vitals/client";
import type { DenomMsg, ProductMsg, TermsMsg } from "@cw-vitals/client/claims";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useChain, useSend } from "../../../data";
import { useT } from "../../../i18n";
import { Button, Card, Cards, Confirm, Empty, ErrorNotice, Field, Loaded, Page, Select, useToast } from "../../../ui";
import { TEMPLATES, type TemplateKind } from "../../../worker/insurer";
import { core } from "../../../worker/pool";
import { useUnit } from "../../money/Sum";
import { useDesk } from "../data/DeskProvider";
import { may } from "../data/desk";
import { TermsCard } from "../terms/TermsCard";
import { TermsEditor } from "../terms/TermsEditor";

export function NewProduct() {
  const t = useT();
  const desk = useDesk();
  const [start, setStart] = useState<ProductMsg>();
  if (!may(desk, "underwriter")) {
    return (
      <Page title={t("insurer.new.title")}>
        <Empty title={t("insurer.new.may_not")}>{t("insurer.part.ask", { part: t("insurer.part.underwriter") })}</Empty>
      </Page>
    );
  }
  return (
    <Page title={t("insurer.new.title")} lead={t("insurer.new.lead")}>
      {start ? <Write start={start} onBack={() => setStart(undefined)} /> : <Choose onChosen={setStart} />}
    </Page>
  );
}

function useDenoms() {
  return useChain(
    ["insurer", "denoms"],
    ({ claims }) =>
      allPages(
        async (after: DenomMsg | undefined) =>
          (await claims.denoms({ ...(after ? { start_after: after } : {}), limit: 30 })).denoms,
      ),
    { contracts: ["claims"] },
  );
}

function Choose({ onChosen }: { onChosen(product: ProductMsg): void }) {
  const t = useT();
  const denoms = useDenoms();
  return (
    <Loaded of={denoms}>
      {(list) => {
        if (list.length === 0) return <Empty title={t("insurer.new.no_denom")}>{t("insurer.new.no_denom.text")}</Empty>;
        return <Templates denoms={list} onChosen={onChosen} />;
      }}
    </Loaded>
  );
}

function Templates({ denoms, onChosen }: { denoms: readonly DenomMsg[]; onChosen(product: ProductMsg): void }) {
  const t = useT();
  const [at, setAt] = useState("0");
  const [arbiter, setArbiter] = useState("");
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>();
  const denom = denoms[Number(at)] ?? (denoms[0] as DenomMsg);
  const choose = async (kind: TemplateKind) => {
    setTried(kind === "invoice");
    if (kind === "invoice" && arbiter.trim() === "") return;
    setError(undefined);
    try {
      // a template is of coins; its denomination is then what was chosen
      const product = await core().ask("productTemplate", {
        kind,
        denom: "native" in denom ? denom.native : "token",
        arbiter: arbiter.trim(),
      });
      onChosen({ denom, terms: { ...product.terms, terms_digest: "" } });
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <div className="stack">
      <Select
        label={t("insurer.new.denom")}
        hint={t("insurer.new.denom.hint")}
        value={at}
        options={denoms.map((one, place) => ({
          value: String(place),
          label: "native" in one ? one.native : `cw20:${one.cw20}`,
        }))}
        onChange={setAt}
      />
      {error !== undefined && <ErrorNotice error={error} />}
      <Cards>
        {TEMPLATES.map((kind) => (
          <Card key={kind} title={t(`insurer.template.${kind}`)}>
            <p>{t(`insurer.template.${kind}.text`)}</p>
            {kind === "invoice" && (
              <Field
                label={t("insurer.form.arbiter")}
                hint={t("insurer.form.arbiter.hint")}
                error={tried && arbiter.trim() === "" ? t("insurer.form.error.account") : undefined}
                value={arbiter}
                onChange={setArbiter}
                autoComplete="off"
                spellCheck={false}
              />
            )}
            <Button kind="primary" onClick={() => void choose(kind)}>
              {t("insurer.template.use", { name: t(`insurer.template.${kind}`) })}
            </Button>
          </Card>
        ))}
      </Cards>
    </div>
  );
}

function Write({ start, onBack }: { start: ProductMsg; onBack(): void }) {
  const t = useT();
  const desk = useDesk();
  const { send } = useSend();
  const navigate = useNavigate();
  const say = useToast();
  const [terms, setTerms] = useState<TermsMsg>();
  const { symbol, exact } = useUnit(start.denom);
  const create = async () => {
    const product = { denom: start.denom, terms: terms as TermsMsg };
    const sent = await send(claimsCalls.createProduct({ product, insurer: desk.own ? null : desk.insurer }));
    const number = attribute(expectEvent(sent.events, "claims", "product_created"), "product");
    say(t("insurer.new.done", { product: number }));
    navigate(`/insurer/products/${number}`);
  };
  return (
    <div className="stack">
      <div className="row">
        <Button onClick={onBack}>{t("insurer.new.back")}</Button>
        <span className="muted">{t("insurer.new.in", { symbol, exact })}</span>
      </div>
      <TermsEditor terms={start.terms} denom={start.denom} action={t("insurer.new.review")} onDone={setTerms} />
      <Confirm
        open={terms !== undefined}
        title={t("insurer.new.confirm")}
        consequences={[
          t("insurer.new.confirm.sale"),
          t("insurer.new.confirm.fixed"),
          t("insurer.new.confirm.pool"),
          t("insurer.new.confirm.stop"),
        ]}
        action={t("insurer.new.create")}
        onConfirm={create}
        onClose={() => setTerms(undefined)}
      >
        {terms && <TermsCard terms={terms} denom={start.denom} />}
      </Confirm>
    </div>
  );
}
