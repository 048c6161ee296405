import { consentCalls } from "@cw-vitals/client";
import { type FormEvent, useState } from "react";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button } from "../../../ui/Button";
import { Field } from "../../../ui/Field";
import { TeamStep, type TeamStepAsked } from "./TeamStep";

/** Inviting an account, or handing the team on to it: it must accept either. */
export function InviteForm({ team }: { team: string }) {
  const t = useT();
  const { network } = useSession();
  const [account, setAccount] = useState("");
  const [wrong, setWrong] = useState(false);
  const [asked, setAsked] = useState<TeamStepAsked>();
  const typed = account.trim();
  const ask = (step: TeamStepAsked) => {
    const right = new RegExp(`^${network.prefix}1[02-9ac-hj-np-z]{38,58}$`).test(typed);
    setWrong(!right);
    if (right) setAsked(step);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask({ step: "invite", call: consentCalls.inviteMember({ team, account: typed }) });
  };
  return (
    <form onSubmit={submit}>
      <Field
        label={t("clinician.teams.account")}
        hint={t("clinician.teams.account.hint")}
        error={wrong ? t("clinician.teams.account.wrong", { prefix: network.prefix }) : undefined}
        value={account}
        onChange={setAccount}
        autoComplete="off"
        spellCheck={false}
      />
      <div className="actions">
        <Button type="submit">{t("clinician.teams.invite.action")}</Button>
        <Button
          kind="quiet"
          onClick={() => ask({ step: "hand_on", call: consentCalls.proposeTeamAdmin({ team, admin: typed }) })}
        >
          {t("clinician.teams.hand_on.action")}
        </Button>
      </div>
      {asked && <TeamStep of={asked} team={team} onClose={() => setAsked(undefined)} onDone={() => setAccount("")} />}
    </form>
  );
}
