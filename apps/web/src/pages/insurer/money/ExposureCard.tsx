import { useIntl } from "react-intl";
import { useT } from "../../../i18n";
import { Card, Facts, State } from "../../../ui";
import { permille, sum } from "../../money/amount";
import { Sum, useSumText } from "../../money/Sum";
import type { Money } from "../data/queries";
import { ExposureBar } from "./ExposureBar";

/** How much of the pool is promised, and to whom. */
export function ExposureCard({ of: { pool, exposure } }: { of: Money }) {
  const t = useT();
  const intl = useIntl();
  const text = useSumText(pool.denom);
  const kept = sum([pool.free, pool.locked, pool.held]);
  const part = (amount: string) =>
    intl.formatNumber(permille(amount, kept) / 1000, { style: "percent", maximumFractionDigits: 1 });
  const parts = (["locked", "held", "free"] as const).map((account) => ({ account, amount: pool[account] }));
  return (
    <Card title={t("insurer.exposure.title")} aside={<Covered free={pool.free} />}>
      <p>
        {t("insurer.exposure.text", {
          live: exposure.policies_live,
          most: text(exposure.most_payable),
          kept: text(kept),
        })}
      </p>
      <ExposureBar pool={pool} />
      <Facts
        of={[
          ...parts.map(({ account, amount }) => ({
            key: account,
            name: <span className={`insurer-key insurer-key-${account}`}>{t(`insurer.account.${account}`)}</span>,
            value: (
              <>
                <Sum amount={amount} denom={pool.denom} /> <span className="muted">({part(amount)})</span>
              </>
            ),
          })),
          { name: t("insurer.exposure.bound"), value: exposure.policies_bound },
          {
            name: t("insurer.exposure.claims"),
            value: t("insurer.exposure.claims.text", { paid: exposure.claims_paid, open: exposure.claims_open }),
          },
          { name: t("insurer.exposure.premiums"), value: <Sum amount={exposure.premiums_net} denom={pool.denom} /> },
          { name: t("insurer.exposure.paid"), value: <Sum amount={exposure.paid} denom={pool.denom} /> },
          {
            name: t("insurer.exposure.ratio"),
            value:
              ratio(exposure.loss_ratio_bp, (share) =>
                intl.formatNumber(share, { style: "percent", maximumFractionDigits: 2 }),
              ) ?? t("insurer.exposure.ratio.none"),
          },
          ...(pool.owed === "0"
            ? []
            : [{ name: t("insurer.exposure.owed"), value: <Sum amount={pool.owed} denom={pool.denom} /> }]),
        ]}
      />
    </Card>
  );
}

/** Basis points fit a double where they mean anything; a ratio beyond is written as it is. */
function ratio(bp: string | null | undefined, write: (share: number) => string): string | undefined {
  if (bp == null) return undefined;
  return write(Number(bp) / 10_000);
}

function Covered({ free }: { free: string }) {
  const t = useT();
  const empty = BigInt(free) === 0n;
  return <State level={empty ? "watch" : "good"}>{t(empty ? "insurer.exposure.full" : "insurer.exposure.room")}</State>;
}
