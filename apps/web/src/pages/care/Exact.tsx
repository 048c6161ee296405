import { useIntl } from "react-intl";

/** A time to the second, in the person's zone. */
export function Exact({ ms }: { ms: number }) {
  const intl = useIntl();
  return (
    <time dateTime={new Date(ms).toISOString()}>
      {intl.formatDate(ms, { dateStyle: "medium", timeStyle: "medium" })}
    </time>
  );
}
