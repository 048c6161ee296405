/** The app's way from a worker to charts: its reading, gathering and drawing, growing as it does there. */
import type { Account, Vitals } from "@cw-vitals/client";
import { useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import type { ForgetfulCache } from "../../src/data/cache";
import { gather } from "../../src/data/gather";
import { categoriesOf } from "../../src/data/measures";
import { type ReadState, readBatches } from "../../src/data/read";
import { HOUR_MS } from "../../src/data/time-zone";
import { Messages } from "../../src/i18n";
import { SettingsProvider, useSettings } from "../../src/shell/settings";
import "../../src/styles/index.css";
import { Chart } from "../../src/ui/Chart";
import { Core } from "../../src/worker/pool";
import type { ReadJob } from "../../src/worker/protocol";
import { type Day, loadDay } from "../day";
import { type Measured, painted, sumOf, watchTasks } from "../page";
import { listed } from "./chain";

const { day } = await loadDay();
const window = { from: day.window.from * HOUR_MS, to: day.window.to * HOUR_MS };
const idle = {
  gaps: [],
  failures: [],
  progress: undefined,
  cancel() {},
  retry() {},
  error: undefined,
  away: false,
  awaited: [],
};
const nothingKept: ForgetfulCache = {
  get: async () => undefined,
  put: async () => undefined,
  remove: async () => undefined,
  forget: async () => undefined,
  clear: async () => undefined,
};
const account = { address: "nobody", publicKey: new Uint8Array(33) } as unknown as Account;
const asOf = { height: 1, timeMs: window.to };
const chain = {
  head: async () => asOf,
  consent: { decide: async () => ({ permit: {} }) },
  anchor: { batches: listed(day) },
} as unknown as Vitals;

type Show = (state: ReadState | undefined) => void;

function Charts() {
  const [state, setState] = useState<ReadState>();
  useEffect(() => {
    globalThis.measureDay = () => measure(setState);
  }, []);
  const series = useMemo(() => gather(state?.batches.values() ?? [], day.measures, window), [state?.batches]);
  const readings = useMemo(
    () => series.map((one) => ({ ...idle, series: [one], stale: false, asOf: state?.asOf })),
    [series, state?.asOf],
  );
  if (!state) return null;
  return readings.map((one, i) => {
    const measure = day.measures[i] as (typeof day.measures)[number];
    return <Chart key={measure} title={measure} readings={one} window={window} view="readings" />;
  });
}

function Localised() {
  const { language, zone } = useSettings();
  return (
    <Messages language={language} timeZone={zone}>
      <Charts />
    </Messages>
  );
}

createRoot(document.getElementById("app") as HTMLElement).render(
  <SettingsProvider>
    <Localised />
  </SettingsProvider>,
);

let core: Core | undefined;

async function measure(show: Show): Promise<Measured> {
  show(undefined);
  await painted();
  const tasks = watchTasks();
  const began = performance.now();
  core ??= new Core(new Worker(new URL("./day.worker.ts", import.meta.url), { type: "module" }));
  const state = await read(core, day, show);
  const opened = performance.now() - began;
  const before = new Set(document.querySelectorAll("canvas"));
  show(state);
  await drawnAnew(before);
  const drawn = performance.now() - began;
  if (state.failures.length > 0) throw new Error(String(state.failures[0]?.error));
  const result = gather(state.batches.values(), day.measures, window).map(({ values }) => ({
    readings: values.length,
    sum: sumOf(values),
  }));
  return { opened, drawn, ...(await tasks()), result };
}

function read(worker: Core, { patient, grant, measures, window: hours }: Day, show: Show): Promise<ReadState> {
  const job: ReadJob = {
    // the worker has the identity from the file
    reader: {
      network: {} as ReadJob["reader"]["network"],
      address: "nobody",
      publicKey: new Uint8Array(33),
      atOnce: 6,
    },
    patient,
    categories: categoriesOf(measures),
    window: hours,
    purpose: "TREAT",
    ground: { grant: { id: Number(grant) } },
  };
  return readBatches({
    vitals: chain,
    account,
    cache: nothingKept,
    core: () => worker,
    name: "day",
    job,
    signal: new AbortController().signal,
    before: undefined,
    onState: show,
  });
}

/** Until all charts are others than before. */
async function drawnAnew(before: ReadonlySet<Element>): Promise<void> {
  for (;;) {
    await painted();
    const now = [...document.querySelectorAll("canvas")];
    if (now.length === day.measures.length && now.every((canvas) => !before.has(canvas))) return;
  }
}
