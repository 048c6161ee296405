import { type ReactNode, useMemo } from "react";
import { useLocation, useNavigate } from "react-router";
import { useChain } from "../data/chain";
import { rolesOf } from "../data/standing";
import { roleInPath } from "./roles-in-path";
import { useSessionControl } from "./Session";
import { ROLES, type Role } from "./types";
import { type RoleChoice, RoleContext, useOpenAccount } from "./useSession";

/** The role is the first part of the path, so that a page says whose it is; the roles are what the chain says. */
export function RoleProvider({ children }: { children: ReactNode }) {
  const { address } = useOpenAccount();
  const { state } = useSessionControl();
  const wanted = state.status === "open" ? state.open.wanted : undefined;
  const navigate = useNavigate();
  const inPath = roleInPath(useLocation().pathname);
  const { data: standing } = useChain(
    ["standing"],
    async (vitals) => (await import("../data/roles")).standingOf(vitals, address),
    {
      contracts: ["consent"],
    },
  );
  const value = useMemo<RoleChoice>(() => {
    const roles = offered(standing && rolesOf(standing), wanted?.role);
    return {
      role: inPath ?? wanted?.role ?? roles[0] ?? "patient",
      roles,
      setRole: (role) => void navigate(`/${role}`),
      standing,
      patient: wanted?.patient ?? standing?.patients[0],
    };
  }, [inPath, wanted, standing, navigate]);
  return <RoleContext.Provider value={value}>{children}</RoleContext.Provider>;
}

/** What the chain says, with the one that a role link names even before the chain answered. */
function offered(held: readonly Role[] | undefined, wanted: Role | undefined): Role[] {
  const all = new Set<Role>(held ?? []);
  if (wanted) all.add(wanted);
  return ROLES.filter((role) => all.has(role));
}
