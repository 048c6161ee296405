import { ShieldAlert, X } from "lucide-react";
import { useState } from "react";
import { useVaultFaults } from "../data/vault-faults";
import { useT } from "../i18n";
import type { Role } from "../session/types";
import { IconButton } from "../ui/Button";

/** Who reads what vaults keep; an operator has the vaults' own page. */
const READERS: readonly Role[] = ["patient", "guardian", "clinician"];

/** A vault that sent other bytes than the chain points to, by its name: nothing of it is shown, and it should be known. */
export function VaultNotices({ viewer }: { viewer: Role }) {
  const t = useT();
  const faults = useVaultFaults();
  const [closed, setClosed] = useState<readonly string[]>([]);
  if (!READERS.includes(viewer)) return null;
  const told = faults.filter(({ kind, vault }) => kind === "altered" && !closed.includes(vault));
  return told.map(({ vault, missing }) => (
    <div key={vault} className="banner row" role="status">
      <ShieldAlert aria-hidden="true" className="icon" />
      <span>
        {t(missing ? "shell.vault.altered.missing" : "shell.vault.altered", { vault })} {t("shell.vault.altered.todo")}
      </span>
      <IconButton icon={X} label={t("ui.close")} onClick={() => setClosed([...closed, vault])} />
    </div>
  ));
}
