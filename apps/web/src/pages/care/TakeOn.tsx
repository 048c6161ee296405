import { UserCheck } from "lucide-react";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { useFollowed } from "./followed";
import { PatientName } from "./PatientName";

/** Whether somebody new belongs on one's list. What cannot be kept is told on the page (`ListNotice`). */
export function TakeOn({ patient }: { patient: string }) {
  const t = useT();
  const { add, hide } = useFollowed();
  const who = (
    <span className="visually-hidden">
      <PatientName of={patient} />
    </span>
  );
  return (
    <div className="actions">
      <Button icon={UserCheck} onClick={() => void add(patient).catch(() => undefined)}>
        {t("care.take_on")} {who}
      </Button>
      <Button kind="quiet" onClick={() => void hide(patient).catch(() => undefined)}>
        {t("care.not_mine")} {who}
      </Button>
    </div>
  );
}
