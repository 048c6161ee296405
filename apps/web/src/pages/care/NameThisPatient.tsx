import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { useToast } from "../../ui/Toast";
import { useFollowed } from "./followed";

/** A name that this browser shows beside the number, and taking the patient off the list. */
export function NameThisPatient({ patient, back }: { patient: string; back: string }) {
  const t = useT();
  const say = useToast();
  const navigate = useNavigate();
  const { nameOf, rename, hide } = useFollowed();
  const [typed, setTyped] = useState(nameOf(patient) ?? "");
  const save = (event: FormEvent) => {
    event.preventDefault();
    rename(patient, typed.trim());
    say(t("care.name.done"));
  };
  const takeOff = () => {
    hide(patient);
    void navigate(back);
  };
  return (
    <details className="card">
      <summary>{t("care.name.title")}</summary>
      <form onSubmit={save}>
        <Field
          label={t("care.name.label")}
          hint={t("care.name.hint")}
          value={typed}
          onChange={setTyped}
          maxLength={60}
          autoComplete="off"
        />
        <div className="actions">
          <Button type="submit">{t("care.name.save")}</Button>
          <Button kind="quiet" onClick={takeOff}>
            {t("care.name.hide")}
          </Button>
        </div>
      </form>
    </details>
  );
}
