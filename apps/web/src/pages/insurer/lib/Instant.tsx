import { useIntl } from "react-intl";

/** A point in time to the second, in the person's zone: for readings that lie seconds apart. */
export function Instant({ ms }: { ms: number }) {
  const intl = useIntl();
  return (
    <time dateTime={new Date(ms).toISOString()}>
      {intl.formatDate(ms, { dateStyle: "medium", timeStyle: "medium" })}
    </time>
  );
}
