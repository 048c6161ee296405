/** What each role brings. */
import type { RouteObject } from "react-router";
import type { Role } from "../session/types";
import type { NavItem } from "../shell/nav";
import * as clinician from "./clinician";
import * as guardian from "./guardian";
import * as insurer from "./insurer";
import * as operator from "./operator";
import * as patient from "./patient";

const roles = { patient, guardian, clinician, insurer, operator } satisfies Record<
  Role,
  { routes: RouteObject[]; nav: NavItem[] }
>;

export const roleNav: Record<Role, NavItem[]> = {
  patient: patient.nav,
  guardian: guardian.nav,
  clinician: clinician.nav,
  insurer: insurer.nav,
  operator: operator.nav,
};

export const roleRoutes: RouteObject[] = Object.entries(roles).map(([path, { routes }]) => ({
  path,
  children: routes,
}));
