import { claimsCalls } from "@cw-vitals/client";
import type { ClaimInfo, ProductInfo } from "@cw-vitals/client/claims";
import { useState } from "react";
import { useIntl } from "react-intl";
import { useSend } from "../../../data";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button, Card, Confirm, Radios, State, TextArea, useToast } from "../../../ui";
import { AmountField, useParse } from "../../money/AmountField";
import { typedOf } from "../../money/amount";
import { useSumText, useUnit } from "../../money/Sum";
import type { Waiting } from "../data/queries";
import { needsTwo } from "../money/MoveCard";
import { digestOfText } from "../terms/digest";
import { type Choice, decision } from "./decision";

interface DecideFormProps {
  as: "assess" | "arbitrate";
  claim: ClaimInfo;
  claimed: string;
  /** The last word may not be less than was awarded before. */
  least: string;
  product: ProductInfo;
  /** What a first person asked for, where it takes two. */
  noted: Waiting | undefined;
}

/** Awards all of a claim, part of it, or nothing; less than all takes a reason. */
export function DecideForm({ as, claim, claimed, least, product, noted }: DecideFormProps) {
  const t = useT();
  const say = useToast();
  const { locale } = useIntl();
  const { digits } = useUnit(product.denom);
  const parse = useParse(product.denom);
  const text = useSumText(product.denom);
  const { send } = useSend();
  const { address } = useSession();
  const own = noted?.by === address;
  const [choice, setChoice] = useState<Choice>(noted ? choiceOf(noted.amount, claimed) : "all");
  const [typed, setTyped] = useState(noted ? typedOf(noted.amount, digits, locale) : "");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const found = decision({ choice, part: parse(typed), claimed, least, reason, reasonAlways: as === "arbitrate" });
  const wrong = "wrong" in found ? found.wrong : undefined;
  const award = "award" in found ? found.award : "0";
  const two = as === "assess" && needsTwo(award, product.two_people_above);
  const ask = () => {
    setTried(true);
    if (!wrong) setAsking(true);
  };
  const run = async () => {
    const digest = reason.trim() === "" ? null : await digestOfText(reason.trim());
    const at = { policy: claim.policy, claim: claim.claim, award };
    const call =
      as === "assess"
        ? claimsCalls.assess({ ...at, reason: digest })
        : claimsCalls.arbitrate({ ...at, reason: digest ?? "" });
    const sent = await send(call);
    const waits = sent.events.some(({ kind }) => kind === "second_person_needed");
    say(
      waits
        ? t("insurer.second.noted", { product: product.product })
        : t("insurer.decide.done", { amount: text(award) }),
      waits ? "waiting" : "good",
    );
  };
  const options = (["all", "part", ...(least === "0" ? (["none"] as const) : [])] as const).map((value) => ({
    value,
    label: t(`insurer.decide.${value}`, { amount: text(claimed) }),
  }));
  const less = choice !== "all" || as === "arbitrate";
  return (
    <Card title={t(`insurer.decide.${as}`)}>
      {noted && (
        <State level="waiting">
          {t(own ? "insurer.decide.noted.own" : "insurer.decide.noted", { amount: text(noted.amount) })}
        </State>
      )}
      {noted && <p>{t(own ? "insurer.decide.noted.own.text" : "insurer.decide.noted.text")}</p>}
      {least !== "0" && <p>{t("insurer.decide.least", { amount: text(least) })}</p>}
      <div className="form">
        <Radios<Choice> legend={t("insurer.decide.award")} options={options} value={choice} onChange={setChoice} />
        {choice === "part" && (
          <AmountField
            label={t("insurer.decide.amount")}
            denom={product.denom}
            value={typed}
            error={
              tried && wrong?.startsWith("part")
                ? t(`insurer.decide.error.${wrong as "part" | "part_least"}`, {
                    least: text(least),
                    claimed: text(claimed),
                  })
                : undefined
            }
            onChange={setTyped}
          />
        )}
        {less && (
          <TextArea
            label={t("insurer.decide.reason")}
            hint={t("insurer.decide.reason.hint")}
            value={reason}
            error={tried && wrong === "reason" ? t("insurer.decide.error.reason") : undefined}
            onChange={setReason}
          />
        )}
        <Button kind={choice === "none" ? "danger" : "primary"} onClick={ask}>
          {t("insurer.decide.action")}
        </Button>
      </div>
      <Confirm
        open={asking}
        title={t("insurer.decide.confirm", { amount: text(award), policy: claim.policy, claim: claim.claim })}
        kind={choice === "none" ? "danger" : "primary"}
        consequences={[
          award === "0" ? t("insurer.decide.what.none") : t("insurer.decide.what.paid", { amount: text(award) }),
          t(
            as === "arbitrate"
              ? "insurer.decide.what.last"
              : choice === "all"
                ? "insurer.decide.what.closed"
                : "insurer.decide.what.appeal",
          ),
          ...(two ? [t("insurer.second.needed")] : []),
        ]}
        action={t("insurer.decide.action")}
        onConfirm={run}
        onClose={() => setAsking(false)}
      />
    </Card>
  );
}

const choiceOf = (amount: string, claimed: string): Choice =>
  amount === claimed ? "all" : amount === "0" ? "none" : "part";
