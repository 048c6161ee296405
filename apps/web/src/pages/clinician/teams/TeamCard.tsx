import { consentCalls } from "@cw-vitals/client";
import type { MemberInfo } from "@cw-vitals/client/consent";
import { useState } from "react";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button } from "../../../ui/Button";
import { type Level, State } from "../../../ui/State";
import { type Column, Table } from "../../../ui/Table";
import { Address } from "../../../ui/Text";
import { InviteForm } from "./InviteForm";
import { TeamStep, type TeamStepAsked } from "./TeamStep";
import type { Part, Team } from "./teams";

const LEVELS: Record<Part, Level> = { proposed_admin: "waiting", invited: "waiting", admin: "note", member: "good" };

/** One team: what one is to it, who is in it, what one can do. */
export function TeamCard({ of }: { of: Team }) {
  const t = useT();
  const { address } = useSession();
  const [asked, setAsked] = useState<TeamStepAsked>();
  const { team } = of.info;
  const is = (part: Part) => of.parts.includes(part);
  const leads = is("admin");
  const columns: Column<MemberInfo>[] = [
    {
      key: "who",
      head: t("clinician.teams.who"),
      cell: (member) => (
        <>
          <Address of={member.account} /> {member.account === address && t("clinician.teams.you")}
        </>
      ),
    },
    {
      key: "state",
      head: t("clinician.teams.state"),
      cell: (member) => t(member.joined ? "clinician.teams.joined" : "clinician.teams.invited"),
    },
  ];
  if (leads) {
    columns.push({
      key: "do",
      head: t("clinician.teams.do"),
      cell: ({ account, joined }) => (
        <Button
          kind="quiet"
          onClick={() => setAsked({ step: "remove", call: consentCalls.removeMember({ team, account }) })}
        >
          {t(joined ? "clinician.teams.remove" : "clinician.teams.uninvite")}{" "}
          <span className="visually-hidden">{account}</span>
        </Button>
      ),
    });
  }
  return (
    <article className="card" aria-labelledby={`team-${team}`}>
      <header className="card-head">
        <h2 id={`team-${team}`}>{t("care.team", { team })}</h2>
        {of.parts.map((part) => (
          <State key={part} level={LEVELS[part]}>
            {t(`clinician.teams.part.${part}`)}
          </State>
        ))}
      </header>
      <p className="muted">
        {t("clinician.teams.admin")} <Address of={of.info.admin} />
      </p>
      <div className="actions">
        {is("proposed_admin") && (
          <Button
            kind="primary"
            onClick={() => setAsked({ step: "lead", call: consentCalls.acceptTeamAdmin({ team }) })}
          >
            {t("clinician.teams.lead_it")}
          </Button>
        )}
        {is("invited") && (
          <>
            <Button kind="primary" onClick={() => setAsked({ step: "join", call: consentCalls.joinTeam({ team }) })}>
              {t("clinician.teams.join")}
            </Button>
            <Button onClick={() => setAsked({ step: "decline", call: consentCalls.leaveTeam({ team }) })}>
              {t("clinician.teams.decline")}
            </Button>
          </>
        )}
        {is("member") && (
          <Button onClick={() => setAsked({ step: "leave", call: consentCalls.leaveTeam({ team }) })}>
            {t("clinician.teams.leave")}
          </Button>
        )}
      </div>
      <Table
        caption={t("clinician.teams.members", { team })}
        columns={columns}
        rows={of.members}
        rowKey={(member) => member.account}
        empty={<p className="muted">{t("clinician.teams.nobody")}</p>}
      />
      {leads && <InviteForm team={team} />}
      {asked && <TeamStep of={asked} team={team} onClose={() => setAsked(undefined)} />}
    </article>
  );
}
