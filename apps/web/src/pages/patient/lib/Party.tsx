import type * as consent from "@cw-vitals/client/consent";
import { useT } from "../../../i18n";
import { Address } from "../../../ui/Text";

/** An account, or a team by its number. */
export function Party({ of }: { of: consent.Party }) {
  const t = useT();
  if ("team" in of) return <strong>{t("patient.team", { number: of.team })}</strong>;
  return <Address of={of.account} />;
}
