import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { ErrorNotice } from "../../ui/ErrorNotice";
import { Field } from "../../ui/Field";
import { useToast } from "../../ui/Toast";
import { useFollowed } from "./followed";

/** A name that this browser shows beside the number, and taking the patient off the list. */
export function NameThisPatient({ patient, back }: { patient: string; back: string }) {
  const t = useT();
  const say = useToast();
  const navigate = useNavigate();
  const { nameOf, rename, hide } = useFollowed();
  const [typed, setTyped] = useState<string>();
  const [error, setError] = useState<unknown>();
  const attempt = async (work: Promise<void>, done: () => void) => {
    try {
      await work;
      setError(undefined);
      done();
    } catch (failure) {
      setError(failure);
    }
  };
  // the name may be read from the disk after the page is there
  const name = typed ?? nameOf(patient) ?? "";
  const save = (event: FormEvent) => {
    event.preventDefault();
    void attempt(rename(patient, name.trim()), () => say(t("care.name.done")));
  };
  const takeOff = () => void attempt(hide(patient), () => void navigate(back));
  return (
    <details className="card">
      <summary>{t("care.name.title")}</summary>
      <form onSubmit={save}>
        <Field
          label={t("care.name.label")}
          hint={t("care.name.hint")}
          value={name}
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
      {error !== undefined && <ErrorNotice error={error} title={t("care.list.unsaved")} />}
    </details>
  );
}
