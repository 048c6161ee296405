import type { GroundRef } from "@cw-vitals/client";
import { useState } from "react";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button } from "../../../ui/Button";
import { Empty } from "../../../ui/Card";
import { State } from "../../../ui/State";
import { type Column, Table } from "../../../ui/Table";
import { Address } from "../../../ui/Text";
import { When } from "../../../ui/When";
import { PROOF_LEVEL, type SeenRelease } from "./releases";

const SHOWN = 30;

export function ReleaseTable({ releases }: { releases: readonly SeenRelease[] }) {
  const t = useT();
  const { address } = useSession();
  const [shown, setShown] = useState(SHOWN);
  const columns: Column<SeenRelease>[] = [
    { key: "at", head: t("patient.release.at"), cell: ({ at }) => <When ms={at * 1000} /> },
    {
      key: "who",
      head: t("patient.release.who"),
      cell: ({ who, session }) => (
        <>
          {who === address ? t("patient.release.you") : <Address of={who} />}
          {session && <span className="block muted">{t("patient.release.session", { id: session.slice(0, 8) })}</span>}
        </>
      ),
    },
    { key: "what", head: t("patient.release.what"), cell: (release) => <What of={release} /> },
    {
      key: "why",
      head: t("patient.release.why"),
      cell: ({ purpose, ground }) => <Why purpose={purpose} ground={ground as GroundRef} />,
    },
    { key: "vault", head: t("patient.release.vault"), cell: ({ vault }) => vault },
    {
      key: "proof",
      head: t("patient.release.proof"),
      cell: ({ proof, reason }) => (
        <>
          <State level={PROOF_LEVEL[proof]}>{t(`patient.release.proof.${proof}`)}</State>
          {reason && <span className="block muted">{reason}</span>}
        </>
      ),
    },
  ];
  return (
    <>
      <Table
        caption={t("patient.release.caption")}
        columns={columns}
        rows={releases.slice(0, shown)}
        rowKey={({ vault, index }) => `${vault}/${index}`}
        empty={<Empty title={t("patient.release.none")} />}
      />
      {releases.length > shown && <Button onClick={() => setShown(shown + SHOWN)}>{t("patient.more")}</Button>}
    </>
  );
}

const ACTIONS = ["read", "disclose", "seal", "receive_alerts", "write_plan"] as const;
const PURPOSES = ["TREAT", "ETREAT", "HPAYMT", "HRESCH", "FAMRQT"] as const;

function What({ of: { action, category } }: { of: SeenRelease }) {
  const t = useT();
  const known = ACTIONS.find((one) => one === action);
  const what = known ? t(`patient.release.action.${known}`) : action;
  return <>{category ? `${what}: ${t(`measures.category.${category}`)}` : what}</>;
}

function Why({ purpose, ground }: { purpose: string | null; ground: GroundRef }) {
  const t = useT();
  const known = PURPOSES.find((one) => one === purpose);
  return (
    <>
      {known && t(`patient.purpose.${known}`)} ({t(...groundWords(ground))})
    </>
  );
}

type Words = [
  "patient.ground.grant" | "patient.ground.emergency" | "patient.ground.guardian" | "patient.ground.patient",
  { id?: number },
];

function groundWords(ground: GroundRef): Words {
  if ("grant" in ground) return ["patient.ground.grant", { id: ground.grant.id }];
  if ("emergency" in ground) return ["patient.ground.emergency", { id: ground.emergency.id }];
  return ["guardian" in ground ? "patient.ground.guardian" : "patient.ground.patient", {}];
}
