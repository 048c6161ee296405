import { useIntl } from "react-intl";
import { useT } from "../../../i18n";
import { Confirm } from "../../../ui/Confirm";
import type { Loss } from "../../../worker/loss";

interface LossConfirmProps {
  loss: Loss;
  onConfirm(): Promise<void>;
  onClose(): void;
}

/** Asks before keys of this browser are replaced by others that open less. */
export function LossConfirm({ loss, onConfirm, onClose }: LossConfirmProps) {
  const t = useT();
  const intl = useIntl();
  const { generations, revives, shares } = loss;
  const lost = generations.length > 0 && {
    count: generations.length,
    list: intl.formatList(generations.map(String), { type: "conjunction" }),
  };
  return (
    <Confirm
      open
      kind="danger"
      title={t("patient.restore.loss.title")}
      consequences={[
        ...(lost ? [t("patient.restore.loss.generations", lost)] : []),
        ...(shares ? [t("patient.restore.loss.shares")] : []),
        ...(revives ? [t("patient.restore.loss.revives")] : []),
        t("patient.restore.loss.backup"),
      ]}
      action={t("patient.restore.loss.action")}
      onConfirm={onConfirm}
      onClose={onClose}
    />
  );
}
