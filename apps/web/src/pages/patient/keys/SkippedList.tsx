import type { Skipped } from "@cw-vitals/client/keys";
import { useT } from "../../../i18n";
import { Failed } from "../../../ui/ErrorNotice";

/** Permissions that got no new keys, each with why. */
export function SkippedList({ of }: { of: readonly Skipped[] }) {
  const t = useT();
  if (of.length === 0) return null;
  return (
    <ul className="consequences">
      {of.map(({ grant, error }) => (
        <li key={`${grant}/${error.message}`}>
          <Failed error={error} say={(reason) => t("patient.rotation.skipped", { grant, reason })} />
        </li>
      ))}
    </ul>
  );
}
