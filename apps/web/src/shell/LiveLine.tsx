import { useClockEach } from "../data/clock";
import { useLive, useStanding } from "../data/live";
import { useVaultStates } from "../data/vault-state";
import { useT } from "../i18n";
import { type Level, State } from "../ui/State";

/** How fresh what is shown can be, in words: the node, its newest block, the vaults. */
export function LiveLine() {
  const t = useT();
  const { level, text } = useNodeState();
  return (
    <div className="live">
      <State level={level}>{text}</State>
      <VaultState />
      <span className="visually-hidden">{t("shell.live.about")}</span>
    </div>
  );
}

export function useNodeState(): { level: Level; text: string } {
  const t = useT();
  const { state, standing, head } = useLive();
  const now = useClockEach(1000);
  if (state === "connecting") return { level: "waiting", text: t("shell.live.connecting") };
  if (state === "away" || !head) return { level: "danger", text: t("shell.live.away") };
  const seconds = Math.floor(Math.max(0, now - head.timeMs) / 1000);
  if (standing === "halted") return { level: "warning", text: t("shell.live.halted", { seconds }) };
  if (standing === "behind") return { level: "warning", text: t("shell.live.behind", { seconds }) };
  const values = { seconds, height: head.height };
  return state === "live"
    ? { level: "good", text: t("shell.live.live", values) }
    : { level: "watch", text: t("shell.live.polling", values) };
}

function VaultState() {
  const t = useT();
  const standing = useStanding();
  const states = useVaultStates();
  if (standing === "unconnected" || states.length === 0) return null;
  const up = states.filter(({ answers }) => answers === true).length;
  if (states.some(({ answers }) => answers === undefined)) return null;
  const level = up === states.length ? "good" : up > 0 ? "watch" : "danger";
  return <State level={level}>{t("shell.live.vaults", { up, all: states.length })}</State>;
}
