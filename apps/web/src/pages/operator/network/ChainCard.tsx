import { useQuery } from "@tanstack/react-query";
import { useIntl } from "react-intl";
import { useLive } from "../../../data";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Ago, Card, ErrorNotice, Facts, State } from "../../../ui";
import { nodeTold } from "./node";

const EVERY_MS = 10_000;

/** The chain and the node that answers for it. */
export function ChainCard() {
  const t = useT();
  const intl = useIntl();
  const { network } = useSession();
  const { head, state, error } = useLive();
  const told = useQuery({
    queryKey: ["node", network.node],
    queryFn: () => nodeTold(network),
    refetchInterval: EVERY_MS,
    networkMode: "always",
    retry: false,
    meta: { contracts: [] },
  });
  // what was told before the node went away is not shown as current
  const node = told.isError || state === "away" ? undefined : told.data;
  const unknown = t("operator.unknown");
  return (
    <Card title={t("operator.chain.title")} aside={<ChainState />}>
      {state === "away" && error !== undefined && <ErrorNotice error={error} />}
      <Facts
        of={[
          { name: t("operator.chain.height"), value: head ? intl.formatNumber(head.height) : unknown },
          { name: t("operator.chain.block"), value: head ? <Ago ms={head.timeMs} /> : unknown },
          { name: t("operator.chain.id"), value: network.chainId },
          { name: t("operator.chain.node"), value: <code>{network.node}</code> },
          {
            name: t("operator.chain.moniker"),
            value: node ? t("operator.chain.moniker.text", { moniker: node.moniker, version: node.version }) : unknown,
          },
          {
            name: t("operator.chain.peers"),
            value: node?.peers === undefined ? unknown : intl.formatNumber(node.peers),
          },
          {
            name: t("operator.chain.waiting"),
            value: node?.waiting === undefined ? unknown : intl.formatNumber(node.waiting),
          },
        ]}
      />
      {node?.catchingUp && <State level="warning">{t("operator.chain.catching_up")}</State>}
    </Card>
  );
}

function ChainState() {
  const t = useT();
  const { head, state, standing } = useLive();
  if (state === "away") return <State level="danger">{t("operator.chain.away")}</State>;
  if (!head) return <State level="waiting">{t("operator.chain.connecting")}</State>;
  if (standing !== "current") return <State level="warning">{t("operator.chain.halted")}</State>;
  return <State level="good">{t("operator.chain.live")}</State>;
}
