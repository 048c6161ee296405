import type { ClaimInfo, InvoiceInfo, PolicyInfo, ProductInfo, VerdictInfo } from "@cw-vitals/client/claims";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Address, Ago, Card, Facts, Loading, Notice, When } from "../../../ui";
import { Sum, useUnitKnown } from "../../money/Sum";
import { useDesk } from "../data/DeskProvider";
import { may } from "../data/desk";
import { useWaiting } from "../data/queries";
import { hexOf } from "../terms/digest";
import { WordsCheck } from "../terms/WordsCheck";
import { DecideForm } from "./DecideForm";
import { awarded } from "./order";
import { SettleButton } from "./SettleButton";

interface InvoiceProps {
  claim: ClaimInfo;
  invoice: InvoiceInfo;
  policy: PolicyInfo;
  product: ProductInfo;
}

/** An invoice: what is asked, what was decided, and what this account may decide now. */
export function InvoiceCard(props: InvoiceProps) {
  const t = useT();
  const { claim, invoice, product } = props;
  const { denom } = product;
  return (
    <>
      <Decide {...props} />
      <Card title={t("insurer.invoice.title")}>
        <Facts
          of={[
            { name: t("insurer.claim.claimed"), value: <Sum amount={invoice.claimed} denom={denom} /> },
            {
              name: t("insurer.invoice.served"),
              value: (
                <>
                  <When ms={invoice.served_from * 1000} /> – <When ms={invoice.served_until * 1000} />
                </>
              ),
            },
            { name: t("insurer.invoice.deposit"), value: <Sum amount={invoice.deposit} denom={denom} /> },
            ...(invoice.deadline
              ? [
                  {
                    name: t("insurer.claim.deadline"),
                    value: (
                      <>
                        <When ms={invoice.deadline * 1000} /> (<Ago ms={invoice.deadline * 1000} />)
                      </>
                    ),
                  },
                ]
              : []),
            ...(invoice.closed_at
              ? [{ name: t("insurer.invoice.closed"), value: <When ms={invoice.closed_at * 1000} /> }]
              : []),
          ]}
        />
        <WordsCheck digest={invoice.digest} />
      </Card>
      {invoice.assessed && <Verdict title={t("insurer.invoice.assessed")} of={invoice.assessed} product={product} />}
      {invoice.appealed && <Appeal of={invoice.appealed} />}
      {invoice.arbitrated && (
        <Verdict title={t("insurer.invoice.arbitrated")} of={invoice.arbitrated} product={product} />
      )}
      {claim.state === "overdue" && <SettleButton claim={claim} invoice={invoice} product={product} />}
    </>
  );
}

function Decide({ claim, invoice, policy, product }: InvoiceProps) {
  const t = useT();
  const desk = useDesk();
  const { address } = useSession();
  const waiting = useWaiting([product.product]);
  const known = useUnitKnown(product.denom);
  const noted = waiting.data?.find((one) => one.claim?.policy === claim.policy && one.claim.claim === claim.claim);
  // a form begins with what waits for a second person, in the denomination's own digits
  if (!known || (claim.state === "filed" && waiting.data === undefined && waiting.error === undefined))
    return <Loading />;
  if (claim.state === "filed") {
    const assessor = product.insurer === desk.insurer && may(desk, "assessor");
    if (!assessor) return <Notice level="note" title={t("insurer.decide.assessor")} />;
    if (claim.claimant === address) return <Notice level="note" title={t("insurer.decide.own_claim")} />;
    return <DecideForm as="assess" claim={claim} claimed={invoice.claimed} least="0" product={product} noted={noted} />;
  }
  if (claim.state === "appealed") {
    if (policy.arbiter !== address) return <Notice level="note" title={t("insurer.decide.arbiter")} />;
    return (
      <DecideForm
        as="arbitrate"
        claim={claim}
        claimed={invoice.claimed}
        least={awarded(claim)}
        product={product}
        noted={undefined}
      />
    );
  }
  return null;
}

function Verdict({ title, of, product }: { title: string; of: VerdictInfo; product: ProductInfo }) {
  const t = useT();
  return (
    <Card title={title}>
      <Facts
        of={[
          { name: t("insurer.verdict.award"), value: <Sum amount={of.award} denom={product.denom} /> },
          { name: t("insurer.verdict.by"), value: <Address of={of.by} /> },
          { name: t("insurer.verdict.at"), value: <When ms={of.at * 1000} /> },
          ...(of.reason
            ? [{ name: t("insurer.verdict.reason"), value: <code className="insurer-long">{hexOf(of.reason)}</code> }]
            : []),
        ]}
      />
      {of.reason && <WordsCheck digest={of.reason} />}
    </Card>
  );
}

function Appeal({ of }: { of: NonNullable<InvoiceInfo["appealed"]> }) {
  const t = useT();
  return (
    <Card title={t("insurer.invoice.appealed")}>
      {!of.by && <p>{t("insurer.invoice.silence")}</p>}
      <Facts
        of={[
          { name: t("insurer.verdict.at"), value: <When ms={of.at * 1000} /> },
          ...(of.by ? [{ name: t("insurer.verdict.by"), value: <Address of={of.by} /> }] : []),
        ]}
      />
      {of.reason && <WordsCheck digest={of.reason} />}
    </Card>
  );
}
