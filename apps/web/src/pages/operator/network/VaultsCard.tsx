import { VaultClient, VitalsError } from "@cw-vitals/client";
import { useState } from "react";
import { type SeenFault, useVaultFaults } from "../../../data/vault-faults";
import { useVaultStates, type VaultHealth } from "../../../data/vault-state";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button, Card, Empty, ErrorNotice, Facts, type Level, State } from "../../../ui";
import { type Freshness, freshnessOf } from "./freshness";

/** Every vault of the configuration. */
export function VaultsCard() {
  const t = useT();
  const vaults = useVaultStates();
  if (vaults.length === 0) {
    return (
      <Card title={t("operator.vaults.title")}>
        <Empty title={t("operator.vaults.none")}>{t("operator.vaults.none.text")}</Empty>
      </Card>
    );
  }
  return (
    <>
      {vaults.map((vault) => (
        <VaultCard key={vault.url} of={vault} />
      ))}
    </>
  );
}

function VaultCard({ of }: { of: VaultHealth }) {
  const t = useT();
  const level = of.answers === undefined ? "waiting" : of.answers ? "good" : "danger";
  const word = of.answers === undefined ? "asking" : of.answers ? "answers" : "away";
  return (
    <Card
      title={t("operator.vault.title", { name: of.name })}
      aside={<State level={level}>{t(`operator.vault.${word}`)}</State>}
    >
      {of.answers === false && <p>{t("operator.vault.away.todo")}</p>}
      <Facts of={[{ name: t("operator.vault.url"), value: <code>{of.url}</code> }]} />
      <SeenOf vault={of.name} />
      {of.answers && <Ask of={of} />}
    </Card>
  );
}

/** What this app's own reads met at the vault since the account was unlocked. */
export function SeenOf({ vault }: { vault: string }) {
  const t = useT();
  const seen = useVaultFaults().filter((fault) => fault.vault === vault);
  if (seen.length === 0) return null;
  return (
    <div className="stack">
      <p className="muted">{t("operator.vault.fault.seen")}</p>
      {seen.map((fault) => (
        <State key={`${fault.kind}/${fault.code}`} level={FAULT_LEVELS[fault.kind]}>
          {t(`operator.vault.fault.${fault.kind}`)} {fault.code && <code>{fault.code}</code>}
        </State>
      ))}
    </div>
  );
}

const FAULT_LEVELS: Record<SeenFault["kind"], Level> = { altered: "danger", refused: "watch", silent: "warning" };

/** A signed request that the vault must refuse: how it does says whether it knows its name and sees a fresh chain. */
function Ask({ of }: { of: VaultHealth }) {
  const t = useT();
  const { account } = useSession();
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Freshness>();
  const [error, setError] = useState<unknown>();
  const ask = async () => {
    setBusy(true);
    setFound(undefined);
    setError(undefined);
    try {
      setFound(await probe(new VaultClient({ name: of.name, url: of.url }, account)));
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack">
      <div className="actions">
        <Button busy={busy} onClick={() => void ask()}>
          {t("operator.vault.ask")}
        </Button>
      </div>
      {found && <State level={found === "fresh" ? "good" : "warning"}>{t(`operator.vault.${found}`)}</State>}
      {error !== undefined && <ErrorNotice error={error} />}
      <p className="muted">{t("operator.vault.ask.text")}</p>
    </div>
  );
}

async function probe(vault: VaultClient): Promise<Freshness> {
  try {
    // nobody's receipts: no release is asked for
    await vault.call({ method: "GET", target: "/v1/receipts/0" });
    return "fresh";
  } catch (error) {
    if (error instanceof VitalsError) return freshnessOf(error);
    throw error;
  }
}
