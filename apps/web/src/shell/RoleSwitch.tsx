import { useT } from "../i18n";
import type { Role } from "../session/types";
import { useSession } from "../session/useSession";

/** Which of the roles that the chain says the account has. Nothing to choose with one. */
export function RoleSwitch() {
  const t = useT();
  const { role, roles, setRole } = useSession();
  const offered = roles.includes(role) ? roles : [role, ...roles];
  if (offered.length < 2) return <span className="muted">{t(`shell.role.${role}`)}</span>;
  return (
    <label className="row">
      <span className="visually-hidden">{t("shell.role")}</span>
      <select className="input" value={role} onChange={(event) => setRole(event.target.value as Role)}>
        {offered.map((one) => (
          <option key={one} value={one}>
            {t(`shell.role.${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
