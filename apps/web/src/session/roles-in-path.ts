import { ROLES, type Role } from "./types";

/** The role that a path belongs to; none for what all roles share. */
export function roleInPath(path: string): Role | undefined {
  return ROLES.find((role) => path === `/${role}` || path.startsWith(`/${role}/`));
}
