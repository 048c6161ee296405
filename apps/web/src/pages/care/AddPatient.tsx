import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { useFollowed } from "./followed";
import { patientNumber } from "./kept-list";

/** Puts a patient on the list by number: the node's index may not know of it. */
export function AddPatient() {
  const t = useT();
  const { add } = useFollowed();
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const patient = patientNumber(typed);
    setWrong(patient === undefined);
    if (patient === undefined) return;
    // what cannot be kept is told on the page
    void add(patient).then(
      () => setTyped(""),
      () => undefined,
    );
  };
  return (
    <details className="card">
      <summary>{t("care.add.title")}</summary>
      <form onSubmit={submit}>
        <Field
          label={t("care.add.number")}
          hint={t("care.add.hint")}
          error={wrong ? t("care.add.wrong") : undefined}
          value={typed}
          onChange={setTyped}
          inputMode="numeric"
          autoComplete="off"
        />
        <Button type="submit" icon={Plus}>
          {t("care.add.action")}
        </Button>
      </form>
    </details>
  );
}
