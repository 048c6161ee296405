import type { DenomMsg, TermsMsg } from "@cw-vitals/client/claims";
import { useMemo, useState } from "react";
import { useT } from "../../../i18n";
import { Button, Card, ErrorNotice, Facts, Loading, Notice } from "../../../ui";
import { useSumText, useUnit, useUnitKnown } from "../../money/Sum";
import { useFigures, useReading } from "../data/core";
import type { PartProps } from "./fields";
import { formOf, type Reading, type TermsForm } from "./form";
import { InvoicePart } from "./InvoicePart";
import { MoneyPart } from "./MoneyPart";
import { RewardPart } from "./RewardPart";
import { RulePart } from "./RulePart";
import { type FieldErrors, termsOf } from "./read";
import { WordsPart } from "./WordsPart";

interface TermsEditorProps {
  /** To begin with. */
  terms: TermsMsg;
  denom: DenomMsg;
  /** The words on the button. */
  action: string;
  onDone(terms: TermsMsg): void;
}

/** Edits terms; says what they come to, and what is wrong with them, before anything is sent. */
export function TermsEditor(props: TermsEditorProps) {
  const { digits } = useUnit(props.denom);
  const known = useUnitKnown(props.denom);
  const reading = useReading(digits);
  if (reading.error) return <ErrorNotice error={reading.error} />;
  if (!reading.data || !known) return <Loading />;
  return <Editor {...props} reading={reading.data} />;
}

const NONE: FieldErrors = new Set();

function Editor({ terms, denom, action, onDone, reading }: TermsEditorProps & { reading: Reading }) {
  const t = useT();
  const [form, setForm] = useState<TermsForm>(() => formOf(terms, reading));
  const [tried, setTried] = useState(false);
  const read = useMemo(() => termsOf(form, reading), [form, reading]);
  const errors = tried && "errors" in read ? read.errors : NONE;
  const figures = useFigures("terms" in read ? read.terms : undefined);
  const part: PartProps = { form, denom, errors, set: (change) => setForm((before) => ({ ...before, ...change })) };
  const finish = () => {
    setTried(true);
    if ("terms" in read && figures.data) onDone(read.terms);
  };
  return (
    <div className="stack">
      <MoneyPart {...part} />
      {form.evidence === "invoice" ? <InvoicePart {...part} /> : <RulePart {...part} />}
      <RewardPart {...part} />
      <WordsPart {...part} />
      <Card title={t("insurer.figures.title")}>
        {"errors" in read && <p className="muted">{t("insurer.figures.incomplete")}</p>}
        {figures.error !== undefined && <ErrorNotice error={figures.error} title={t("insurer.figures.refused")} />}
        {figures.data && <Figures of={figures.data} denom={denom} />}
      </Card>
      {tried && "errors" in read && (
        <Notice level="danger" title={t("insurer.form.errors", { count: read.errors.size })} />
      )}
      <div className="actions">
        <Button kind="primary" onClick={finish}>
          {action}
        </Button>
      </div>
    </div>
  );
}

function Figures({
  of,
  denom,
}: {
  of: { lock: string; most_payable: string; premiums: string; payments: number };
  denom: DenomMsg;
}) {
  const t = useT();
  const sum = useSumText(denom);
  return (
    <Facts
      of={[
        { name: t("insurer.figures.lock"), value: sum(of.lock) },
        { name: t("insurer.figures.most"), value: sum(of.most_payable) },
        {
          name: t("insurer.figures.premiums"),
          value: t("insurer.figures.premiums.text", { amount: sum(of.premiums), count: of.payments }),
        },
      ]}
    />
  );
}
