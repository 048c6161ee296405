import { Link } from "react-router";
import { useChain } from "../../../data";
import { useClockEach } from "../../../data/clock";
import { INDEXED_MS } from "../../../data/indexed";
import { useT } from "../../../i18n";
import { Address, Ago, Card, Empty, Loaded, Page, State, Table } from "../../../ui";
import { SilentCard } from "./SilentCard";
import {
  type DeviceStanding,
  type Gateways,
  gatewaysOf,
  type LastAnchored,
  measuredLast,
  NEWEST,
  type Sealer,
} from "./sealers";
import { FRESH_MS } from "./silent";

export function GatewaysPage() {
  const t = useT();
  const gateways = useChain(["operator", "gateways"], gatewaysOf, {
    contracts: ["anchor", "registry"],
    everyMs: INDEXED_MS,
  });
  return (
    <Page title={t("operator.gateways.title")} lead={t("operator.gateways.lead", { count: NEWEST })}>
      <SilentCard />
      <Loaded of={gateways} failed={t("operator.gateways.failed")}>
        {(found) =>
          found.sealers.length === 0 ? (
            <Empty title={t("operator.gateways.none")}>{t("operator.gateways.none.text")}</Empty>
          ) : (
            <div className="stack">
              {found.sealers.map((sealer) => (
                <SealerCard key={sealer.account} of={sealer} standing={found.standing} />
              ))}
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

function SealerCard({ of, standing }: { of: Sealer; standing: Gateways["standing"] }) {
  const t = useT();
  return (
    <Card title={t("operator.gateway.title")} aside={<Address of={of.account} />}>
      <Table
        caption={t("operator.gateway.caption")}
        captionHidden
        rows={of.devices}
        rowKey={({ device }) => device}
        columns={[
          {
            key: "device",
            head: t("operator.device"),
            cell: ({ device }) => <Link to={`/operator/devices/${device}`}>{device}</Link>,
          },
          { key: "sequence", head: t("operator.gateway.batch"), numeric: true, cell: ({ sequence }) => sequence },
          { key: "anchored", head: t("operator.gateway.anchored"), cell: ({ at }) => <Ago ms={at} /> },
          {
            key: "measured",
            head: t("operator.gateway.measured"),
            cell: ({ device }) => <Measured of={standing[device]} />,
          },
          {
            key: "missing",
            head: t("operator.gateway.missing"),
            cell: ({ device }) => <Missing of={standing[device]} />,
          },
          {
            key: "fresh",
            head: t("operator.state"),
            cell: (row) => <Fresh of={row} standing={standing[row.device]} />,
          },
        ]}
      />
    </Card>
  );
}

function Measured({ of }: { of: DeviceStanding | undefined }) {
  const last = of && measuredLast(of.head);
  return last === undefined ? <>–</> : <Ago ms={last} />;
}

function Missing({ of }: { of: DeviceStanding | undefined }) {
  const t = useT();
  if (!of || of.gaps.missing === "0") return <>{t("operator.gateway.missing.none")}</>;
  return (
    <State level="watch">
      {t("operator.gateway.missing.some", { count: of.gaps.missing, gaps: of.gaps.gaps.length })}
    </State>
  );
}

function Fresh({ of, standing }: { of: LastAnchored; standing: DeviceStanding | undefined }) {
  const t = useT();
  const now = useClockEach(10_000);
  if (standing && standing.info.status !== "active")
    return <State level="unknown">{t(`operator.device.status.${standing.info.status}`)}</State>;
  const fresh = now - of.at < FRESH_MS;
  return (
    <State level={fresh ? "good" : "watch"}>{t(fresh ? "operator.gateway.fresh" : "operator.gateway.quiet")}</State>
  );
}
