import { claimsCalls } from "@cw-vitals/client";
import type { ProductInfo, TermsMsg } from "@cw-vitals/client/claims";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useSend } from "../../../data";
import { useT } from "../../../i18n";
import { Confirm, Loaded, Notice, Page, useToast } from "../../../ui";
import { useProduct } from "../data/queries";
import { TermsCard } from "../terms/TermsCard";
import { TermsEditor } from "../terms/TermsEditor";

/** The next version of a product's terms. */
export function AmendProduct() {
  const t = useT();
  const { product = "" } = useParams();
  const found = useProduct(product);
  return (
    <Page title={t("insurer.amend.title", { product })} lead={t("insurer.amend.lead")}>
      <Loaded of={found}>{(info) => <Amend of={info} />}</Loaded>
    </Page>
  );
}

function Amend({ of }: { of: ProductInfo }) {
  const t = useT();
  const { send } = useSend();
  const navigate = useNavigate();
  const say = useToast();
  const [terms, setTerms] = useState<TermsMsg>();
  const amend = async () => {
    const sent = await send(claimsCalls.amendProduct({ product: of.product, terms: terms as TermsMsg }));
    const waits = sent.events.some(({ kind }) => kind === "second_person_needed");
    say(t(waits ? "insurer.second.noted" : "insurer.amend.done", { product: of.product }), waits ? "waiting" : "good");
    navigate(`/insurer/products/${of.product}`);
  };
  return (
    <div className="stack">
      {of.two_people_above != null && <Notice level="note">{t("insurer.amend.two_people")}</Notice>}
      <TermsEditor
        key={of.version}
        terms={of.terms}
        denom={of.denom}
        action={t("insurer.new.review")}
        onDone={setTerms}
      />
      <Confirm
        open={terms !== undefined}
        title={t("insurer.amend.confirm", { version: of.latest + 1 })}
        consequences={[t("insurer.amend.confirm.new"), t("insurer.amend.confirm.old"), t("insurer.new.confirm.fixed")]}
        action={t("insurer.amend.action")}
        onConfirm={amend}
        onClose={() => setTerms(undefined)}
      >
        {terms && <TermsCard terms={terms} denom={of.denom} />}
      </Confirm>
    </div>
  );
}
