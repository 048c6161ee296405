import { allPages, claimsCalls } from "@cw-vitals/client";
import type { DenomMsg } from "@cw-vitals/client/claims";
import { useState } from "react";
import { useChain } from "../../../data";
import { useT } from "../../../i18n";
import { Card, Empty, Field, Loaded, Radios, Table } from "../../../ui";
import { Act } from "./Act";

export const textOf = (denom: DenomMsg): string => ("native" in denom ? denom.native : `cw20:${denom.cw20}`);

/** In what products are sold. */
export function DenomsTab({ owner }: { owner: boolean }) {
  const t = useT();
  const denoms = useChain(
    ["operator", "denoms"],
    ({ claims }) =>
      allPages(
        async (after: DenomMsg | undefined) =>
          (await claims.denoms({ ...(after ? { start_after: after } : {}), limit: 30 })).denoms,
      ),
    { contracts: ["claims"] },
  );
  return (
    <div className="stack">
      <Card title={t("operator.denoms.title")}>
        <Loaded of={denoms}>{(list) => <Denoms of={list} owner={owner} />}</Loaded>
      </Card>
      {owner ? <Admit /> : <p className="muted">{t("operator.owner_only")}</p>}
    </div>
  );
}

function Denoms({ of, owner }: { of: readonly DenomMsg[]; owner: boolean }) {
  const t = useT();
  const dismiss = (denom: DenomMsg) => (
    <Act
      kind="danger"
      action={t("operator.denom.dismiss")}
      title={t("operator.denom.dismiss.title", { denom: textOf(denom) })}
      consequences={[t("operator.denom.dismiss.what"), t("operator.denom.dismiss.stays")]}
      done={t("operator.denom.dismiss.done")}
      call={claimsCalls.dismissDenom({ denom })}
    />
  );
  return (
    <Table
      caption={t("operator.denoms.title")}
      captionHidden
      rows={of}
      rowKey={textOf}
      empty={<Empty title={t("operator.denoms.none")}>{t("operator.denoms.none.text")}</Empty>}
      columns={[
        {
          key: "denom",
          head: t("operator.denom"),
          cell: (denom) => <code className="operator-long">{textOf(denom)}</code>,
        },
        {
          key: "kind",
          head: t("operator.denom.kind"),
          cell: (denom) => t("native" in denom ? "operator.denom.native" : "operator.denom.cw20"),
        },
        ...(owner ? [{ key: "do", head: t("operator.task.do"), cell: dismiss }] : []),
      ]}
    />
  );
}

function Admit() {
  const t = useT();
  const [kind, setKind] = useState<"native" | "cw20">("native");
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const given = name.trim();
  const denom: DenomMsg = kind === "native" ? { native: given } : { cw20: given };
  return (
    <Card title={t("operator.denom.admit")}>
      <div className="form">
        <Radios<"native" | "cw20">
          legend={t("operator.denom.kind")}
          options={(["native", "cw20"] as const).map((value) => ({ value, label: t(`operator.denom.${value}`) }))}
          value={kind}
          onChange={setKind}
        />
        <Field
          label={t(`operator.denom.${kind}.name`)}
          value={name}
          spellCheck={false}
          autoComplete="off"
          error={tried && given === "" ? t("operator.denom.error") : undefined}
          onChange={setName}
        />
        <Act
          action={t("operator.denom.admit.action")}
          title={t("operator.denom.admit.title", { denom: textOf(denom) })}
          consequences={[t("operator.denom.admit.what"), t("operator.denom.admit.trust")]}
          done={t("operator.denom.admit.done")}
          call={given === "" ? undefined : claimsCalls.admitDenom({ denom })}
          onIncomplete={() => setTried(true)}
          onDone={() => {
            setName("");
            setTried(false);
          }}
        />
      </div>
    </Card>
  );
}
