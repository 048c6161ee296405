import { allPages, type Vitals } from "@cw-vitals/client";
import type { MakerInfo, ModelInfo } from "@cw-vitals/client/registry";
import { FilePlus } from "lucide-react";
import { Link } from "react-router";
import { useChain } from "../../../data";
import { useT } from "../../../i18n";
import { Address, ButtonLink, Card, Empty, Loaded, Page, State, Table } from "../../../ui";

interface Catalogue {
  maker: MakerInfo;
  models: ModelInfo[];
}

/** Every maker, and the models it listed. */
export function ModelsPage() {
  const t = useT();
  const makers = useChain(["operator", "catalogue"], catalogueOf, { contracts: ["registry"] });
  return (
    <Page
      title={t("operator.models.title")}
      lead={t("operator.models.lead")}
      actions={
        <ButtonLink icon={FilePlus} to="/operator/devices/new">
          {t("operator.models.list")}
        </ButtonLink>
      }
    >
      <Loaded of={makers}>
        {(list) =>
          list.length === 0 ? (
            <Empty title={t("operator.makers.none")}>{t("operator.makers.none.text")}</Empty>
          ) : (
            <div className="stack">
              {list.map(({ maker, models }) => (
                <Card
                  key={maker.maker}
                  title={maker.name}
                  aside={
                    <State level={maker.suspended ? "warning" : "good"}>
                      {t(maker.suspended ? "operator.maker.suspended" : "operator.maker.admitted")}
                    </State>
                  }
                >
                  <Address of={maker.maker} />
                  <ModelsTable of={models} />
                </Card>
              ))}
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

export async function makersOf({ registry }: Vitals): Promise<MakerInfo[]> {
  return allPages(
    async (after: MakerInfo | undefined) =>
      (await registry.makers({ ...(after ? { start_after: after.maker } : {}), limit: 30 })).makers,
  );
}

async function catalogueOf(vitals: Vitals): Promise<Catalogue[]> {
  const makers = await makersOf(vitals);
  return Promise.all(makers.map(async (maker) => ({ maker, models: await modelsOf(vitals, maker.maker) })));
}

function modelsOf({ registry }: Vitals, maker: string): Promise<ModelInfo[]> {
  return allPages(async (after: ModelInfo | undefined) => {
    const { models } = await registry.models({ maker, ...(after ? { start_after: after.model } : {}), limit: 30 });
    return models;
  });
}

function ModelsTable({ of }: { of: readonly ModelInfo[] }) {
  const t = useT();
  return (
    <Table
      caption={t("operator.models.title")}
      captionHidden
      rows={of}
      rowKey={({ model }) => String(model)}
      empty={<p>{t("operator.models.none")}</p>}
      columns={[
        {
          key: "model",
          head: t("operator.model"),
          cell: ({ model, name }) => (
            <Link to={`/operator/models/${model}`}>{t("operator.model.named", { model, name })}</Link>
          ),
        },
        {
          key: "measures",
          head: t("operator.measures"),
          cell: ({ measures }) => measures.map((one) => t(`measures.${one}`)).join(", "),
        },
        {
          key: "lowest",
          head: t("operator.firmware.lowest"),
          numeric: true,
          cell: ({ lowest_firmware }) => lowest_firmware,
        },
        {
          key: "newest",
          head: t("operator.firmware.newest"),
          numeric: true,
          cell: ({ newest_firmware }) => newest_firmware || t("operator.firmware.none"),
        },
      ]}
    />
  );
}
