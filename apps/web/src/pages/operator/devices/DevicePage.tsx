import type { GapsPage } from "@cw-vitals/client/anchor";
import type { DeviceInfo, PairingInfo, RecallInfo } from "@cw-vitals/client/registry";
import { Link, useParams } from "react-router";
import { useChain } from "../../../data";
import { useT } from "../../../i18n";
import { Address, Ago, Card, Facts, Loaded, Page, State, Table, When } from "../../../ui";
import { DeviceActs } from "./DeviceActs";
import { DeviceWord } from "./DeviceWord";

export function DevicePage() {
  const t = useT();
  const { device = "" } = useParams();
  const found = useChain(
    ["operator", "device", device],
    async ({ registry }) => {
      const info = await registry.device({ device });
      const [{ recalls }, model] = await Promise.all([
        registry.recalls({ model: info.model }),
        registry.model({ model: info.model }),
      ]);
      return { info, recalls, maker: model.maker, modelName: model.name };
    },
    { contracts: ["registry"] },
  );
  return (
    <Page title={t("operator.device.title", { device })}>
      <Loaded of={found} failed={t("operator.device.failed", { device })}>
        {({ info, recalls, maker, modelName }) => (
          <div className="stack">
            <DeviceCard of={info} recalls={recalls} maker={maker} modelName={modelName} />
            <Anchored device={device} />
            <Pairings device={device} />
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function DeviceCard({
  of,
  recalls,
  maker,
  modelName,
}: {
  of: DeviceInfo;
  recalls: readonly RecallInfo[];
  maker: string;
  modelName: string;
}) {
  const t = useT();
  const until = of.calibrated_until;
  return (
    <Card title={modelName} aside={<DeviceWord of={of} />}>
      <Facts
        of={[
          { name: t("operator.model"), value: <Link to={`/operator/models/${of.model}`}>{of.model}</Link> },
          { name: t("operator.measures"), value: of.measures.map((one) => t(`measures.${one}`)).join(", ") },
          { name: t("operator.firmware"), value: of.firmware },
          { name: t("operator.assurance"), value: t(`operator.assurance.${of.assurance}`) },
          { name: t("operator.registrant"), value: <Address of={of.registrant} /> },
          { name: t("operator.patient"), value: of.patient ?? t("operator.device.nobody") },
          ...(of.paired_from_ms
            ? [{ name: t("operator.device.paired_from"), value: <When ms={of.paired_from_ms} /> }]
            : []),
          ...(of.gateway
            ? [
                {
                  name: t("operator.device.held_by"),
                  value: <Link to={`/operator/devices/${of.gateway}`}>{of.gateway}</Link>,
                },
              ]
            : []),
          {
            name: t("operator.device.calibrated"),
            value: until ? <When ms={until * 1000} /> : t("operator.device.calibrated.never"),
          },
          ...(of.lost_from_ms != null
            ? [{ name: t("operator.device.lost_from"), value: <When ms={of.lost_from_ms} /> }]
            : []),
          ...(of.retirement
            ? [{ name: t("operator.device.retired_at"), value: <When ms={of.retirement.at_ms} /> }]
            : []),
        ]}
      />
      <DeviceActs of={of} recalls={recalls} maker={maker} />
    </Card>
  );
}

function Anchored({ device }: { device: string }) {
  const t = useT();
  const found = useChain(
    ["operator", "anchored", device],
    async ({ anchor }) => {
      const [head, gaps] = await Promise.all([anchor.device({ device }), anchor.gaps({ device, limit: 30 })]);
      return { head, gaps };
    },
    { contracts: ["anchor"] },
  );
  return (
    <Card title={t("operator.anchored.title")}>
      <Loaded of={found}>
        {({ head, gaps }) => (
          <div className="stack">
            <Facts
              of={[
                { name: t("operator.gateway.batch"), value: head.sequence },
                ...head.last.map(({ category, at_ms }) => ({
                  key: category,
                  name: t(`measures.category.${category}`),
                  value: <Ago ms={at_ms} />,
                })),
              ]}
            />
            <Gaps of={gaps} />
          </div>
        )}
      </Loaded>
    </Card>
  );
}

function Gaps({ of }: { of: GapsPage }) {
  const t = useT();
  if (of.gaps.length === 0) return <State level="good">{t("operator.gaps.none")}</State>;
  return (
    <Table
      caption={t("operator.gaps.caption", { missing: of.missing })}
      rows={of.gaps}
      rowKey={({ from }) => from}
      columns={[
        {
          key: "numbers",
          head: t("operator.gaps.numbers"),
          cell: ({ from, next }) => t("operator.gaps.range", { from, next }),
        },
        { key: "reason", head: t("operator.gaps.reason"), cell: ({ reason }) => t(`operator.gap.${reason}`) },
        { key: "noted", head: t("operator.gaps.noted"), cell: ({ noted_at_ms }) => <When ms={noted_at_ms} /> },
      ]}
    />
  );
}

function Pairings({ device }: { device: string }) {
  const t = useT();
  const found = useChain(["operator", "pairings", device], ({ registry }) => registry.pairings({ device, limit: 30 }), {
    contracts: ["registry"],
  });
  return (
    <Card title={t("operator.pairings.title")}>
      <Loaded of={found}>{({ pairings }) => <PairingsTable of={pairings} />}</Loaded>
    </Card>
  );
}

function PairingsTable({ of }: { of: readonly PairingInfo[] }) {
  const t = useT();
  return (
    <Table
      caption={t("operator.pairings.title")}
      captionHidden
      rows={of}
      rowKey={({ pairing }) => String(pairing)}
      empty={<p>{t("operator.pairings.none")}</p>}
      columns={[
        { key: "pairing", head: t("operator.pairing"), numeric: true, cell: ({ pairing }) => pairing },
        { key: "patient", head: t("operator.patient"), cell: ({ patient }) => patient },
        { key: "from", head: t("operator.from"), cell: ({ from_ms }) => <When ms={from_ms} /> },
        {
          key: "to",
          head: t("operator.to"),
          cell: ({ to_ms }) => (to_ms == null ? t("operator.pairing.lasts") : <When ms={to_ms} />),
        },
      ]}
    />
  );
}
