import type { ReactNode } from "react";
import { useT } from "../../../i18n";
import { ButtonLink } from "../../../ui/Button";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Loading } from "../../../ui/Progress";
import { Notice } from "../../../ui/State";
import { useAgentState } from "./agent";

/**
 * Pages of readings. What this browser kept of them is there without the keys' agent, which waits for the node: without
 * a network as well.
 */
export function WithKeys({ children }: { children: ReactNode }) {
  const { status } = useAgentState();
  return status === "ready" || status === "opening" ? children : <KeysNeeded />;
}

/** In place of what needs the patient's keys, while they are not open. */
export function KeysNeeded() {
  const t = useT();
  const state = useAgentState();
  if (state.status === "opening") return <Loading label={t("patient.keys.opening")} />;
  if (state.status === "failed") return <ErrorNotice error={state.error} title={t("patient.keys.failed")} />;
  return (
    <Notice
      level="warning"
      title={t("patient.keys.missing")}
      actions={<ButtonLink to="/patient/keys">{t("patient.keys.missing.action")}</ButtonLink>}
    >
      <p>{t("patient.keys.missing.text")}</p>
    </Notice>
  );
}
