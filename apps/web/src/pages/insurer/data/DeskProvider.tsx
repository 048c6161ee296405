import { createContext, useContext, useMemo, useState } from "react";
import { Outlet } from "react-router";
import { useChain } from "../../../data";
import { INDEXED_MS } from "../../../data/indexed";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Empty, Loaded, Page, Select, shortened } from "../../../ui";
import { type Desk, desksOf } from "./desk";

const Context = createContext<Desk | undefined>(undefined);

/** The insurer whose work is shown. */
export function useDesk(): Desk {
  const desk = useContext(Context);
  if (!desk) throw new Error("useDesk outside of DeskProvider");
  return desk;
}

/** All of an insurer's pages: chooses in whose name the account works. */
export function DeskProvider() {
  const t = useT();
  const { address } = useSession();
  const desks = useChain(["insurer", "desks", address], (vitals) => desksOf(vitals, address), {
    contracts: ["claims", "consent"],
    everyMs: INDEXED_MS,
  });
  if (desks.data) return <Desks of={desks.data} />;
  return (
    <Page title={t("insurer.overview.title")}>
      <Loaded of={desks}>{() => null}</Loaded>
    </Page>
  );
}

function Desks({ of }: { of: readonly Desk[] }) {
  const { address } = useSession();
  const [wanted, setWanted] = useState<string>();
  // somebody with none is an arbiter, or looks on: shown as the insurer it is not, who has no products
  const none = useMemo<Desk>(() => ({ insurer: address, own: false, parts: [] }), [address]);
  const desk = of.find(({ insurer }) => insurer === wanted) ?? of[0] ?? none;
  return (
    <Context.Provider value={desk}>
      <div className="stack">
        {of.length > 1 && <DeskChoice of={of} value={desk.insurer} onChange={setWanted} />}
        {of.length === 0 && <NoDesk />}
        <Outlet key={desk.insurer} />
      </div>
    </Context.Provider>
  );
}

function DeskChoice({ of, value, onChange }: { of: readonly Desk[]; value: string; onChange(insurer: string): void }) {
  const t = useT();
  const options = of.map(({ insurer, own }) => ({
    value: insurer,
    label: own ? t("insurer.desk.own") : t("insurer.desk.of", { insurer: shortened(insurer) }),
  }));
  return <Select label={t("insurer.desk")} value={value} options={options} onChange={onChange} />;
}

function NoDesk() {
  const t = useT();
  return <Empty title={t("insurer.desk.none")}>{t("insurer.desk.none.text")}</Empty>;
}
