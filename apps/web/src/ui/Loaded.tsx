import { WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import type { ChainData } from "../data/chain";
import { useT } from "../i18n";
import { ErrorNotice } from "./ErrorNotice";
import { Loading } from "./Progress";
import { Ago } from "./When";

interface LoadedProps<Data> {
  of: ChainData<Data>;
  /** What could not be shown, should it fail. */
  failed?: ReactNode;
  children(data: Data): ReactNode;
}

/** What a query gave: loading, the error, or the data, marked with its age where it may be out of date. */
export function Loaded<Data>({ of, failed, children }: LoadedProps<Data>) {
  const error = of.error !== undefined && <ErrorNotice error={of.error} title={failed} onRetry={of.refetch} />;
  if (of.data === undefined) return error || <Loading />;
  return (
    <>
      {error}
      <StaleMark of={of} />
      <div className={of.stale ? "stale" : undefined}>{children(of.data)}</div>
    </>
  );
}

/** Says that what follows may no longer be so, and from when it is. */
export function StaleMark({ of }: { of: Pick<ChainData<unknown>, "stale" | "asOf"> }) {
  const t = useT();
  if (!of.stale) return null;
  // the age changes each second: outside of what is read out when it changes
  return (
    <p className="stale-mark">
      <WifiOff aria-hidden="true" className="icon" />
      <span>
        <span role="status">{of.asOf ? t("ui.stale.as_of", { height: of.asOf.height }) : t("ui.stale")}</span>
        {of.asOf && (
          <>
            {" "}
            <Ago ms={of.asOf.timeMs} />
          </>
        )}
      </span>
    </p>
  );
}
