import { registryCalls } from "@cw-vitals/client";
import type { MakerInfo } from "@cw-vitals/client/registry";
import { useChain } from "../../../data";
import { useT } from "../../../i18n";
import { Address, ButtonLink, Card, Empty, Loaded, State, Table } from "../../../ui";
import { makersOf } from "../devices/ModelsPage";
import { Act } from "./Act";

/** Who attests devices. */
export function MakersTab({ owner }: { owner: boolean }) {
  const t = useT();
  const makers = useChain(["operator", "makers"], makersOf, { contracts: ["registry"] });
  return (
    <Card
      title={t("operator.makers.title")}
      actions={owner ? <ButtonLink to="/operator/devices/new">{t("operator.maker.admit")}</ButtonLink> : undefined}
    >
      {!owner && <p className="muted">{t("operator.owner_only")}</p>}
      <Loaded of={makers}>{(list) => <Makers of={list} owner={owner} />}</Loaded>
    </Card>
  );
}

function Makers({ of, owner }: { of: readonly MakerInfo[]; owner: boolean }) {
  const t = useT();
  const act = (maker: MakerInfo) =>
    maker.suspended ? (
      <Act
        action={t("operator.maker.restore")}
        title={t("operator.maker.restore.title", { name: maker.name })}
        consequences={[t("operator.maker.restore.what")]}
        done={t("operator.maker.restore.done")}
        call={registryCalls.admitMaker({ maker: maker.maker, name: maker.name, key: maker.key })}
      />
    ) : (
      <Act
        kind="danger"
        action={t("operator.maker.suspend")}
        title={t("operator.maker.suspend.title", { name: maker.name })}
        consequences={[t("operator.maker.suspend.what"), t("operator.maker.suspend.stays")]}
        done={t("operator.maker.suspend.done")}
        call={registryCalls.suspendMaker({ maker: maker.maker })}
      />
    );
  return (
    <Table
      caption={t("operator.makers.title")}
      captionHidden
      rows={of}
      rowKey={({ maker }) => maker}
      empty={<Empty title={t("operator.makers.none")}>{t("operator.makers.none.text")}</Empty>}
      columns={[
        { key: "name", head: t("operator.name"), cell: ({ name }) => name },
        { key: "account", head: t("operator.account"), cell: ({ maker }) => <Address of={maker} /> },
        {
          key: "state",
          head: t("operator.state"),
          cell: ({ suspended }) => (
            <State level={suspended ? "warning" : "good"}>
              {t(suspended ? "operator.maker.suspended" : "operator.maker.admitted")}
            </State>
          ),
        },
        ...(owner ? [{ key: "do", head: t("operator.task.do"), cell: act }] : []),
      ]}
    />
  );
}
