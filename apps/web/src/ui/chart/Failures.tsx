import { useIntl } from "react-intl";
import { explain } from "../../data/errors";
import type { ReadFailure } from "../../data/gather";
import { useT } from "../../i18n";
import { Notice } from "../State";

/** What is missing from the chart, and why: by reason, with the hours it is about. */
export function Failures({ of }: { of: readonly ReadFailure[] }) {
  const t = useT();
  const intl = useIntl();
  if (of.length === 0) return null;
  const reasons = new Map<
    string,
    { text: string; todo: string | undefined; code: string | undefined; infos: ReadFailure["info"][] }
  >();
  for (const { info, error } of of) {
    const { what, todo, code } = explain(error, t);
    const key = code ?? what;
    const known = reasons.get(key) ?? { text: what, todo, code, infos: [] };
    known.infos.push(info);
    reasons.set(key, known);
  }
  const when = (ms: number) => intl.formatDate(ms, { dateStyle: "medium", timeStyle: "short" });
  return (
    <Notice level="warning" title={t("chart.unopened", { count: of.length })}>
      <ul className="consequences">
        {[...reasons.values()].map(({ text, todo, code, infos }) => (
          <li key={code ?? text}>
            {text} (
            {t("chart.unopened.hours", {
              from: when(Math.min(...infos.map((info) => info.first_at_ms))),
              to: when(Math.max(...infos.map((info) => info.last_at_ms))),
            })}
            ). {todo} {code && <code>{code}</code>}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
