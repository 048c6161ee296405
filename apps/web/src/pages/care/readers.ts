/** Whom a plan is encrypted to, besides the patient and its author: whoever consent lets read it now. */
import { allPages, type Vitals } from "@cw-vitals/client";
import type { GrantInfo, MemberInfo, NamedGuardian, Party } from "@cw-vitals/client/consent";
import type { Category } from "../../data/measures";
import { groundForAll, holding } from "./access";

export interface Readers {
  /** Those who may read it and published a recipient. */
  accounts: string[];
  /** Those who may read it and published none: they cannot open it. */
  without: string[];
}

interface Wanted {
  patient: string;
  author: string;
  categories: readonly Category[];
  nowMs: number;
}

/** The contract is asked of each who may come into question; what it says is what a vault will do. */
export async function planReaders(vitals: Vitals, { patient, author, categories, nowMs }: Wanted): Promise<Readers> {
  const { controller } = await vitals.consent.patient({ patient });
  const candidates = await candidatesOf(vitals, patient, nowMs);
  const others = candidates.filter((account) => account !== author && account !== controller);
  const epoch = Math.floor(nowMs / 3_600_000);
  const decided = others.map(async (who) => {
    const asked = { patient, who, epoch };
    const may = (action: "read" | "write_plan") => groundForAll(vitals, { ...asked, action }, categories);
    if (!(await may("read")) && !(await may("write_plan"))) return undefined;
    const { recipient } = await vitals.consent.recipient({ account: who });
    return { who, sealed: !!recipient };
  });
  const permitted = (await Promise.all(decided)).filter((one) => one !== undefined);
  return {
    accounts: permitted.filter(({ sealed }) => sealed).map(({ who }) => who),
    without: permitted.filter(({ sealed }) => !sealed).map(({ who }) => who),
  };
}

async function candidatesOf(vitals: Vitals, patient: string, nowMs: number): Promise<string[]> {
  const { consent } = vitals;
  const grants = await allPages<GrantInfo>(
    async (after) => (await consent.grants({ patient, start_after: after?.grant ?? null, limit: 30 })).grants,
  );
  const guardians = await allPages<NamedGuardian>(
    async (after) => (await consent.guardians({ patient, start_after: after?.guardian ?? null, limit: 30 })).guardians,
  );
  const live = grants.filter((grant) => holding(grant, nowMs / 1000) === "live");
  const named = await Promise.all(live.map(({ grantee }) => accountsOf(vitals, grantee)));
  return [...new Set([...named.flat(), ...guardians.map(({ guardian }) => guardian)])];
}

async function accountsOf(vitals: Vitals, grantee: Party): Promise<string[]> {
  if ("account" in grantee) return [grantee.account];
  const { team } = grantee;
  const members = await allPages<MemberInfo>(
    async (after) => (await vitals.consent.members({ team, start_after: after?.account ?? null, limit: 30 })).members,
  );
  return members.filter(({ joined }) => joined).map(({ account }) => account);
}
