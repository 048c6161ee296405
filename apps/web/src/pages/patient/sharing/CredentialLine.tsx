import { useIntl } from "react-intl";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { State } from "../../../ui/State";
import { isAddress, type Occasion } from "./grant-form";
import { useCredentials } from "./use-grants";

/** Without these a grant for the purpose permits nothing (`consent/credential_missing`). */
const NEEDED: Partial<Record<Occasion, "clinician" | "insurer">> = { treatment: "clinician", insurance: "insurer" };

/** What the chain says an account is, so that a name in a message is not believed. */
export function CredentialLine({ account, occasion }: { account: string; occasion: Occasion }) {
  const t = useT();
  const intl = useIntl();
  const { network } = useSession();
  const complete = isAddress(account, network.prefix);
  const { data: held } = useCredentials(complete ? account : undefined);
  if (!complete || !held) return null;
  const needed = NEEDED[occasion];
  const roles = intl.formatList(held.map((role) => t(`patient.role.${role}`)));
  if (needed && !held.includes(needed))
    return <State level="warning">{t(`patient.credential.missing.${needed}`)}</State>;
  if (held.length === 0) return <State level="note">{t("patient.credential.none")}</State>;
  return <State level="good">{t("patient.credential.held", { roles })}</State>;
}
