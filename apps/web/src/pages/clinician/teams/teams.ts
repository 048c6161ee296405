/** Teams as one member, admin or invited account sees them. */
import { allPages, type Vitals } from "@cw-vitals/client";
import type { MemberInfo, TeamInfo } from "@cw-vitals/client/consent";
import { teamsKnown } from "../../care/discover";

export type Part = "invited" | "proposed_admin" | "admin" | "member";

export interface Team {
  info: TeamInfo;
  members: MemberInfo[];
  /** What one is to it; several where one is. */
  parts: Part[];
}

const ORDER: readonly Part[] = ["proposed_admin", "invited", "admin", "member"];

/** Those that the account has to do with now; what the index knows of before is left out. */
export async function loadTeams(vitals: Vitals, account: string): Promise<Team[]> {
  const numbers = await teamsKnown(vitals, account);
  const teams = await Promise.all(numbers.map((team) => loadTeam(vitals, team, account)));
  return teams.filter(({ parts }) => parts.length > 0);
}

async function loadTeam(vitals: Vitals, team: string, account: string): Promise<Team> {
  const [info, members] = await Promise.all([
    vitals.consent.team({ team }),
    allPages<MemberInfo>(
      async (after) => (await vitals.consent.members({ team, start_after: after?.account ?? null, limit: 30 })).members,
    ),
  ]);
  return { info, members, parts: partsOf(info, members, account) };
}

export function partsOf(info: TeamInfo, members: readonly MemberInfo[], account: string): Part[] {
  const own = members.find((member) => member.account === account);
  const held: [Part, boolean][] = [
    ["proposed_admin", info.proposed_admin === account],
    ["invited", own?.joined === false],
    ["admin", info.admin === account],
    ["member", own?.joined === true],
  ];
  return held.filter(([, is]) => is).map(([part]) => part);
}

/** Those that wait for an answer first. */
export function sortedTeams(teams: readonly Team[]): Team[] {
  const rank = ({ parts }: Team) => Math.min(...parts.map((part) => ORDER.indexOf(part)));
  return [...teams].sort((a, b) => rank(a) - rank(b) || (BigInt(a.info.team) < BigInt(b.info.team) ? -1 : 1));
}
