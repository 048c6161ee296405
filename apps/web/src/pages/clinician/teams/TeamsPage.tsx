import { attribute, consentCalls, expectEvent } from "@cw-vitals/client";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useChain } from "../../../data/chain";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button } from "../../../ui/Button";
import { Empty } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { useToast } from "../../../ui/Toast";
import { JoinTeam } from "./JoinTeam";
import { TeamCard } from "./TeamCard";
import { loadTeams, sortedTeams } from "./teams";

/** Teams that one is in, leads or is invited to. */
export function TeamsPage() {
  const t = useT();
  const { address } = useSession();
  const [creating, setCreating] = useState(false);
  const teams = useChain(["teams", address], (vitals) => loadTeams(vitals, address), { contracts: ["consent"] });
  const create = (
    <Button icon={Plus} kind="primary" onClick={() => setCreating(true)}>
      {t("clinician.teams.create")}
    </Button>
  );
  return (
    <Page title={t("clinician.teams.title")} lead={t("clinician.teams.lead")} actions={create}>
      <Loaded of={teams} failed={t("clinician.teams.failed")}>
        {(all) => (
          <>
            {all.length === 0 && <Empty title={t("clinician.teams.none")}>{t("clinician.teams.none.todo")}</Empty>}
            {sortedTeams(all).map((team) => (
              <TeamCard key={team.info.team} of={team} />
            ))}
          </>
        )}
      </Loaded>
      <JoinTeam />
      {creating && <Create onClose={() => setCreating(false)} />}
    </Page>
  );
}

function Create({ onClose }: { onClose(): void }) {
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const run = async () => {
    const { events } = await send(consentCalls.createTeam());
    say(t("clinician.teams.create.done", { team: attribute(expectEvent(events, "consent", "team_created"), "team") }));
  };
  return (
    <Confirm
      open
      title={t("clinician.teams.create.title")}
      consequences={[t("clinician.teams.create.what"), t("clinician.teams.create.public")]}
      action={t("clinician.teams.create")}
      onConfirm={run}
      onClose={onClose}
    />
  );
}
