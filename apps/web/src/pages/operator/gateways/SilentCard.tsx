import { Link } from "react-router";
import { useChain } from "../../../data";
import { useClockEach } from "../../../data/clock";
import { useT } from "../../../i18n";
import { Ago, Card, Loaded, State, Table } from "../../../ui";
import { measuredLast } from "./sealers";
import { LOOKED_AT, silent, type WatchedDevices, watchedDevices } from "./silent";

/** A walk over all devices: not with every batch that is anchored. */
const EVERY_MS = 60_000;

/** Devices in use of which nothing comes, which no list of anchorings shows. */
export function SilentCard() {
  const t = useT();
  const watched = useChain(["operator", "watched-devices"], watchedDevices, {
    contracts: ["registry"],
    everyMs: EVERY_MS,
  });
  return (
    <Card title={t("operator.silent.title")}>
      <p className="muted">{t("operator.silent.lead")}</p>
      <Loaded of={watched}>{(found) => <Silent of={found} />}</Loaded>
    </Card>
  );
}

function Silent({ of }: { of: WatchedDevices }) {
  const t = useT();
  const now = useClockEach(10_000);
  return (
    <>
      <Table
        caption={t("operator.silent.title")}
        captionHidden
        rows={silent(of.devices, now)}
        rowKey={({ info }) => info.device}
        empty={<p className="muted">{t("operator.silent.none")}</p>}
        columns={[
          {
            key: "device",
            head: t("operator.device"),
            cell: ({ info }) => <Link to={`/operator/devices/${info.device}`}>{info.device}</Link>,
          },
          {
            key: "measured",
            head: t("operator.gateway.measured"),
            cell: ({ head }) => {
              const last = measuredLast(head);
              return last === undefined ? (
                <State level="unknown">{t("operator.silent.never")}</State>
              ) : (
                <Ago ms={last} />
              );
            },
          },
        ]}
      />
      {of.cut && <p className="muted">{t("operator.silent.cut", { count: LOOKED_AT })}</p>}
    </>
  );
}
