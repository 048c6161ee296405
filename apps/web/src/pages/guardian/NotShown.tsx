import { VitalsError } from "@cw-vitals/client/errors";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { ErrorNotice } from "../../ui/ErrorNotice";
import { useFollowed } from "../care/followed";
import { PatientName } from "../care/PatientName";
import type { Looked } from "./in-care";

/** A patient of the list of whom nothing is known, why, and the way off the list. */
export function NotShown({ of }: { of: Extract<Looked, { failed: object }> }) {
  const t = useT();
  const { hide } = useFollowed();
  const { code, reason } = of.failed;
  return (
    <article className="card">
      <h3>
        <PatientName of={of.patient} />
      </h3>
      <ErrorNotice error={new VitalsError(code, reason)} title={t("guardian.patient.failed")} />
      <div className="actions">
        <Button onClick={() => void hide(of.patient).catch(() => undefined)}>{t("care.name.hide")}</Button>
      </div>
    </article>
  );
}
