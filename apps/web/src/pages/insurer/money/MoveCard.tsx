import { claimsCalls, funded } from "@cw-vitals/client";
import { useState } from "react";
import { useSend, useVitals } from "../../../data";
import { useT } from "../../../i18n";
import { Button, Card, Confirm, State, useToast } from "../../../ui";
import { AmountField, useParse } from "../../money/AmountField";
import { useSumText } from "../../money/Sum";
import { useDesk } from "../data/DeskProvider";
import { may } from "../data/desk";
import type { Money, Waiting } from "../data/queries";

type Move = "deposit" | "withdraw";

/** Puts money into a pool, and takes out what is free. */
export function MoveCard({ of, waiting }: { of: Money; waiting: Waiting | undefined }) {
  const t = useT();
  const desk = useDesk();
  const text = useSumText(of.pool.denom);
  const mine = of.product.insurer === desk.insurer && may(desk, "treasurer");
  return (
    <Card title={t("insurer.move.title")}>
      <p>{t("insurer.move.text", { free: text(of.pool.free) })}</p>
      {waiting && <State level="waiting">{t("insurer.move.waiting", { amount: text(waiting.amount) })}</State>}
      <div className="cards">
        <MoveForm move="deposit" of={of} />
        {mine ? (
          <MoveForm move="withdraw" of={of} />
        ) : (
          <p className="muted">{t("insurer.part.ask", { part: t("insurer.part.treasurer") })}</p>
        )}
      </div>
    </Card>
  );
}

function MoveForm({ move, of: { pool, product } }: { move: Move; of: Money }) {
  const t = useT();
  const say = useToast();
  const vitals = useVitals();
  const { send } = useSend();
  const parse = useParse(pool.denom);
  const text = useSumText(pool.denom);
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState<string>();
  const amount = parse(typed);
  const error = problem(move, amount, pool.free);
  const ask = () => {
    setTried(true);
    if (!error) setAsking(amount);
  };
  const run = async () => {
    const sum = asking as string;
    const number = product.product;
    const call =
      move === "deposit"
        ? funded(vitals?.addressOf("claims") ?? "", claimsCalls.deposit({ product: number }), {
            amount: sum,
            denom: pool.denom,
          })
        : claimsCalls.withdraw({ product: number, amount: sum });
    const sent = await send(call);
    const waits = sent.events.some(({ kind }) => kind === "second_person_needed");
    say(
      waits ? t("insurer.second.noted", { product: number }) : t(`insurer.${move}.done`, { amount: text(sum) }),
      waits ? "waiting" : "good",
    );
    setTyped("");
    setTried(false);
  };
  return (
    <div className="form">
      <AmountField
        label={t(`insurer.${move}.amount`)}
        denom={pool.denom}
        value={typed}
        error={tried && error ? t(`insurer.move.error.${error}`, { free: text(pool.free) }) : undefined}
        onChange={setTyped}
      />
      <Button onClick={ask}>{t(`insurer.${move}.action`)}</Button>
      <Confirm
        open={asking !== undefined}
        title={t(`insurer.${move}.title`, { amount: text(asking ?? "0"), product: product.product })}
        consequences={
          move === "deposit"
            ? [t("insurer.deposit.what"), t("insurer.deposit.back")]
            : [
                t("insurer.withdraw.what"),
                t("insurer.withdraw.locked"),
                ...(needsTwo(asking, product.two_people_above) ? [t("insurer.second.needed")] : []),
              ]
        }
        action={t(`insurer.${move}.action`)}
        onConfirm={run}
        onClose={() => setAsking(undefined)}
      />
    </div>
  );
}

export function needsTwo(amount: string | undefined, above: string | null | undefined): boolean {
  return amount !== undefined && above != null && BigInt(amount) > BigInt(above);
}

function problem(move: Move, amount: string | undefined, free: string): "none" | "zero" | "free" | undefined {
  if (amount === undefined) return "none";
  if (BigInt(amount) === 0n) return "zero";
  return move === "withdraw" && BigInt(amount) > BigInt(free) ? "free" : undefined;
}
