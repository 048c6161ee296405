import type { DeviceInfo } from "@cw-vitals/client/registry";
import { FilePlus, Layers } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { useChain } from "../../../data";
import { useT } from "../../../i18n";
import { Button, ButtonLink, Card, Empty, FindByNumber, Loaded, Page, Select, Table } from "../../../ui";
import { eachOf, isFound, lastNumber, newest } from "../lib/numbered";
import { DeviceWord } from "./DeviceWord";
import { STANDINGS, type Standing, standingOf } from "./state";

const PAGE = 60;

/** Every device of the registry, the newest first. */
export function DevicesPage() {
  const t = useT();
  return (
    <Page
      title={t("operator.devices.title")}
      lead={t("operator.devices.lead")}
      actions={
        <>
          <ButtonLink kind="primary" icon={FilePlus} to="/operator/devices/new">
            {t("operator.register.title")}
          </ButtonLink>
          <ButtonLink icon={Layers} to="/operator/models">
            {t("operator.models.title")}
          </ButtonLink>
        </>
      }
    >
      <FindByNumber
        title={t("operator.devices.find")}
        label={t("operator.devices.number")}
        error={t("operator.number.error")}
        open={t("operator.open")}
        to={(number) => `/operator/devices/${number}`}
      />
      <All />
    </Page>
  );
}

function All() {
  const t = useT();
  const [count, setCount] = useState(PAGE);
  const [only, setOnly] = useState<Standing | "all">("all");
  const devices = useChain(
    ["operator", "all-devices", count],
    async ({ registry }) => {
      const device = (number: number) => registry.device({ device: String(number) });
      const last = await lastNumber((number) => isFound(device(number)));
      return { last, devices: await eachOf(newest(last, count), device) };
    },
    { contracts: ["registry"] },
  );
  const options = [
    { value: "all" as const, label: t("operator.all") },
    ...STANDINGS.map((value) => ({ value, label: t(`operator.device.${value}`) })),
  ];
  return (
    <Card title={t("operator.devices.all")}>
      <Select label={t("operator.devices.filter")} value={only} options={options} onChange={setOnly} />
      <Loaded of={devices}>
        {(found) => (
          <div className="stack">
            <DevicesTable of={found.devices.filter((device) => only === "all" || standingOf(device) === only)} />
            <p className="muted">{t("operator.devices.count", { shown: found.devices.length, all: found.last })}</p>
            {found.devices.length < found.last && (
              <Button onClick={() => setCount(count + PAGE)}>{t("operator.more")}</Button>
            )}
          </div>
        )}
      </Loaded>
    </Card>
  );
}

function DevicesTable({ of }: { of: readonly DeviceInfo[] }) {
  const t = useT();
  return (
    <Table
      caption={t("operator.devices.all")}
      captionHidden
      rows={of}
      rowKey={({ device }) => device}
      empty={<Empty title={t("operator.devices.none")} />}
      columns={[
        {
          key: "device",
          head: t("operator.device"),
          cell: ({ device }) => <Link to={`/operator/devices/${device}`}>{device}</Link>,
        },
        { key: "state", head: t("operator.state"), cell: (device) => <DeviceWord of={device} /> },
        {
          key: "model",
          head: t("operator.model"),
          cell: ({ model }) => <Link to={`/operator/models/${model}`}>{model}</Link>,
        },
        { key: "firmware", head: t("operator.firmware"), numeric: true, cell: ({ firmware }) => firmware },
        {
          key: "assurance",
          head: t("operator.assurance"),
          cell: ({ assurance }) => t(`operator.assurance.${assurance}`),
        },
        { key: "patient", head: t("operator.patient"), cell: ({ patient }) => patient ?? "–" },
      ]}
    />
  );
}
