import { allPages } from "@cw-vitals/client";
import type { FirmwareInfo, ModelInfo, RecallInfo } from "@cw-vitals/client/registry";
import { useParams } from "react-router";
import { useChain } from "../../../data";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Address, Card, Facts, Loaded, Page, Table, When } from "../../../ui";
import { ModelActs } from "./ModelActs";

/** A model, its approved firmware and its recalls. */
export function ModelPage() {
  const t = useT();
  const { address } = useSession();
  const { model = "" } = useParams();
  const number = Number(model);
  const found = useChain(
    ["operator", "model", number],
    async ({ registry }) => {
      const [info, { recalls }, admin, firmware] = await Promise.all([
        registry.model({ model: number }),
        registry.recalls({ model: number }),
        registry.admin(),
        allPages(async (after: FirmwareInfo | undefined) => {
          const page = await registry.firmware({
            model: number,
            ...(after ? { start_after: after.version } : {}),
            limit: 30,
          });
          return page.firmware;
        }),
      ]);
      return { info, recalls, owner: admin.owner, firmware };
    },
    { contracts: ["registry"] },
  );
  return (
    <Page title={t("operator.model.title", { model })}>
      <Loaded of={found} failed={t("operator.model.failed", { model })}>
        {({ info, recalls, owner, firmware }) => (
          <div className="stack">
            <ModelCard of={info} />
            <FirmwareCard of={firmware} />
            <RecallsCard of={recalls} />
            <ModelActs of={info} maker={info.maker === address} owner={owner === address} />
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function ModelCard({ of }: { of: ModelInfo }) {
  const t = useT();
  return (
    <Card title={of.name}>
      <Facts
        of={[
          { name: t("operator.maker"), value: <Address of={of.maker} /> },
          { name: t("operator.measures"), value: of.measures.map((one) => t(`measures.${one}`)).join(", ") },
          { name: t("operator.firmware.lowest"), value: of.lowest_firmware },
          { name: t("operator.firmware.newest"), value: of.newest_firmware || t("operator.firmware.none") },
        ]}
      />
    </Card>
  );
}

function FirmwareCard({ of }: { of: readonly FirmwareInfo[] }) {
  const t = useT();
  return (
    <Card title={t("operator.firmware.approved")}>
      <Table
        caption={t("operator.firmware.approved")}
        captionHidden
        rows={of}
        rowKey={({ version }) => String(version)}
        empty={<p>{t("operator.firmware.approved.none")}</p>}
        columns={[
          { key: "version", head: t("operator.firmware"), numeric: true, cell: ({ version }) => version },
          { key: "at", head: t("operator.firmware.at"), cell: ({ approved_at_ms }) => <When ms={approved_at_ms} /> },
          {
            key: "digest",
            head: t("operator.firmware.digest"),
            cell: ({ digest }) => <code className="operator-long">{digest}</code>,
          },
        ]}
      />
    </Card>
  );
}

function RecallsCard({ of }: { of: readonly RecallInfo[] }) {
  const t = useT();
  return (
    <Card title={t("operator.recalls.title")}>
      <Table
        caption={t("operator.recalls.title")}
        captionHidden
        rows={of}
        rowKey={({ at_ms, from_firmware }) => `${at_ms}/${from_firmware}`}
        empty={<p>{t("operator.recalls.none")}</p>}
        columns={[
          {
            key: "firmware",
            head: t("operator.firmware"),
            cell: (one) => t("operator.recalls.range", { from: one.from_firmware, to: one.to_firmware }),
          },
          { key: "at", head: t("operator.recalls.at"), cell: ({ at_ms }) => <When ms={at_ms} /> },
          {
            key: "reason",
            head: t("operator.recalls.reason"),
            cell: ({ reason }) => <code className="operator-long">{reason}</code>,
          },
        ]}
      />
    </Card>
  );
}
