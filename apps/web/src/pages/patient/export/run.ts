/** Gathers a patient's data in this browser: verified on the way, nothing left out silently. */
import { type Vaults, type Vitals, VitalsError } from "@cw-vitals/client";
import { readAlert } from "@cw-vitals/client/alerts";
import { inCore, measures } from "@cw-vitals/client/core";
import type { KeyAgent } from "@cw-vitals/client/keys";
import { readPlan } from "@cw-vitals/client/plans";
import { Reader } from "@cw-vitals/client/readings";
import { readLogs } from "@cw-vitals/client/receipts";
import { CATEGORIES } from "../../../data/measures";
import { HOUR_MS } from "../../../data/time-zone";
import { alertsOf, chainSections, devicesOf, plansOf } from "./chain";
import { batchName, HEADER, linesOf } from "./csv";
import { type ExportFile, Files, manifestOf } from "./files";

export interface ExportStep {
  what: "chain" | "devices" | "readings" | "care" | "receipts" | "digests";
  done: number;
  total: number;
}

export interface Exporting {
  vitals: Vitals;
  vaults: Vaults;
  agent: KeyAgent;
  /** What goes along: what the files are, in the person's language. */
  about: string;
  signal: AbortSignal;
  onStep(step: ExportStep): void;
}

export interface Exported {
  files: ExportFile[];
  readings: number;
  /** What could not be had. */
  missing: number;
}

/** @throws VitalsError where the chain does not answer, the signal's reason where it is aborted */
export async function gatherExport(context: Exporting): Promise<Exported> {
  const { vitals, agent, about, signal, onStep } = context;
  const patient = agent.patient;
  const files = new Files();
  const missing = (what: string, error: unknown) => {
    if (!(error instanceof VitalsError)) throw error;
    files.line("missing.jsonl", { what, code: error.code, reason: error.reason });
    count.missing += 1;
  };
  const count = { readings: 0, missing: 0 };
  const from = await vitals.head();

  const sections = chainSections(vitals, patient);
  for (const [place, [name, ask]] of sections.entries()) {
    signal.throwIfAborted();
    onStep({ what: "chain", done: place, total: sections.length });
    files.json(name, await ask());
  }
  onStep({ what: "devices", done: 0, total: 1 });
  for (const { number, record } of await devicesOf(vitals, patient)) files.json(`devices/${number}.json`, record);
  await readings(context, files, count, missing);
  await careFiles(context, files, missing);
  await receipts(context, files, missing);

  const to = await vitals.head();
  onStep({ what: "digests", done: 0, total: 1 });
  files.append("README.txt", about);
  const listed = files.list();
  const manifest = {
    version: 1,
    patient,
    from,
    to,
    readings: count.readings,
    missing: count.missing,
    files: await manifestOf(listed),
  };
  const last = new Files();
  last.json("manifest.json", manifest);
  return { files: [...listed, ...last.list()], ...count };
}

type Missing = (what: string, error: unknown) => void;

async function readings(
  { vitals, vaults, agent, signal, onStep }: Exporting,
  files: Files,
  count: { readings: number },
  missing: Missing,
) {
  const table = new Map(inCore(() => measures()).map((row) => [row.code, row]));
  const to = Math.floor((await vitals.head()).timeMs / HOUR_MS) + 1;
  const request = {
    patient: agent.patient,
    categories: CATEGORIES,
    window: { from: 0, to },
    purpose: "TREAT",
    ground: { patient: {} },
  } as const;
  const options = {
    signal,
    onProgress: ({ done, of }: { done: number; of: number }) => onStep({ what: "readings", done, total: of }),
  };
  for await (const batch of new Reader(vitals, vaults, agent.keyring).open(request, options)) {
    const { category } = batch.info.id;
    files.line(`batches/${category}.jsonl`, {
      batch: batchName(batch),
      verified: batch.verified,
      ...(batch.verified ? { simulated: batch.simulated } : { code: batch.error.code, reason: batch.error.reason }),
      info: batch.info,
    });
    if (!batch.verified) {
      missing(`batch ${batchName(batch)}`, batch.error);
      continue;
    }
    count.readings += batch.times.length;
    for (const [measure, lines] of linesOf(batch, table)) files.append(`readings/${measure}.csv`, lines, HEADER);
  }
}

/** What alerts and plans say. */
async function careFiles({ vitals, vaults, agent, signal, onStep }: Exporting, files: Files, missing: Missing) {
  const { patient, keyring } = agent;
  const identity = inCore(() => keyring.identity());
  const ground = { patient: {} };
  const [alerts, plans] = await Promise.all([alertsOf(vitals, patient), plansOf(vitals, patient)]);
  const total = alerts.length + plans.length;
  for (const [place, { alert, digest }] of alerts.entries()) {
    signal.throwIfAborted();
    onStep({ what: "care", done: place, total });
    // an alert that tells of an emergency has no detail
    if (!digest) continue;
    await readAlert(vitals, vaults, identity, { patient, alert, ground }).then(
      ({ detail }) => files.json(`chain/alerts/${alert}.json`, detail),
      (error: unknown) => missing(`alert ${alert}`, error),
    );
  }
  for (const [place, { version }] of plans.entries()) {
    signal.throwIfAborted();
    onStep({ what: "care", done: alerts.length + place, total });
    await readPlan(vitals, vaults, identity, { patient, version, ground }).then(
      ({ plan }) => files.json(`chain/plans/${version}.json`, plan),
      (error: unknown) => missing(`plan ${version}`, error),
    );
  }
}

async function receipts({ vitals, vaults, agent, onStep }: Exporting, files: Files, missing: Missing) {
  onStep({ what: "receipts", done: 0, total: 1 });
  for (const log of await readLogs(vitals, vaults, agent.patient, { patient: {} })) {
    if ("error" in log) {
      missing(`receipts of ${log.vault}`, log.error);
      continue;
    }
    const { releases, ...head } = log;
    // a vault's name may be anything: its hex is a file name everywhere
    const name = Array.from(new TextEncoder().encode(log.vault), (byte) => byte.toString(16).padStart(2, "0")).join("");
    files.json(`receipts/${name}.json`, head);
    for (const release of releases) files.line(`receipts/${name}.jsonl`, release);
    if (log.withheld > 0)
      missing(
        `receipts of ${log.vault}`,
        new VitalsError("receipt/withheld", `${log.withheld} receipts are anchored and not shown`),
      );
  }
}
