import { consentCalls } from "@cw-vitals/client";
import { type FormEvent, useState } from "react";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Field } from "../../../ui/Field";
import { patientNumber } from "../../care/kept-list";
import { TeamStep } from "./TeamStep";

/** Joining by number, where the node's index does not know of the invitation. */
export function JoinTeam() {
  const t = useT();
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const [team, setTeam] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // teams have numbers of the same kind
    const number = patientNumber(typed);
    setWrong(number === undefined);
    setTeam(number);
  };
  return (
    <details className="card">
      <summary>{t("clinician.teams.join_by_number")}</summary>
      <form onSubmit={submit}>
        <Field
          label={t("clinician.teams.number")}
          inputMode="numeric"
          error={wrong ? t("clinician.teams.number.wrong") : undefined}
          value={typed}
          onChange={setTyped}
        />
        <Button type="submit">{t("clinician.teams.join")}</Button>
      </form>
      {team && (
        <TeamStep
          of={{ step: "join", call: consentCalls.joinTeam({ team }) }}
          team={team}
          onClose={() => setTeam(undefined)}
          onDone={() => setTyped("")}
        />
      )}
    </details>
  );
}
