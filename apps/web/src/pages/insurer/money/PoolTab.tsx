import { useT } from "../../../i18n";
import { Loaded } from "../../../ui";
import { type Money, useMoney, useWaiting } from "../data/queries";
import { BookCard } from "./BookCard";
import { ExposureCard } from "./ExposureCard";
import { LimitCard } from "./LimitCard";
import { MoveCard } from "./MoveCard";
import { SecondPerson } from "./SecondPerson";

/** A product's money: what it may still have to pay, what is there, and what can be done with it. */
export function PoolTab({ product }: { product: string }) {
  const t = useT();
  const money = useMoney(product);
  return (
    <Loaded of={money} failed={t("insurer.pool.failed")}>
      {(found) => <Pool of={found} />}
    </Loaded>
  );
}

function Pool({ of }: { of: Money }) {
  const number = of.product.product;
  const waiting = useWaiting([number]);
  return (
    <div className="stack">
      {waiting.data && waiting.data.length > 0 && <SecondPerson of={waiting.data} products={[of.product]} />}
      <ExposureCard of={of} />
      <MoveCard of={of} waiting={waiting.data?.find((one) => !one.claim && !one.terms)} />
      <LimitCard product={of.product} />
      <BookCard pool={of.pool} />
    </div>
  );
}
