// The view as text for a terminal.

const COLUMNS = ["epoch", "first", "last", "readings", "assurance", "anchored", "device/seq", "digest", ""];

const date = (ms) => new Date(ms).toISOString().replace("T", " ").slice(0, 19);
const clock = (ms) => new Date(ms).toISOString().slice(11, 23);
const seconds = (s) => date(s * 1000);

/** @param {Awaited<ReturnType<import("./view.mjs").collect>>} view */
export function text(view) {
  const lines = [`patient ${view.patient}, at block ${view.height} of ${view.node} (times in UTC)`];
  for (const [category, batches] of Object.entries(view.batches)) {
    lines.push("", `${category}: ${batches.length === 0 ? "no batches" : counted(batches)}`);
    if (batches.length > 0) lines.push(...table([COLUMNS, ...batches.map(row)]));
  }
  if (view.policy) lines.push("", ...cover(view.policy, view.claims));
  return `${lines.join("\n")}\n`;
}

function counted(batches) {
  const readings = batches.reduce((sum, batch) => sum + batch.count, 0);
  return `${batches.length} ${batches.length === 1 ? "batch" : "batches"}, ${readings} readings`;
}

function row(batch) {
  return [
    String(batch.epoch),
    date(batch.first_at_ms),
    clock(batch.last_at_ms),
    String(batch.count),
    batch.assurance,
    date(batch.anchored_at_ms),
    `${batch.device}/${batch.sequence}`,
    batch.shredded ? "SHREDDED" : batch.digest,
    batch.simulated ? "SIMULATED" : "",
  ];
}

function table(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((cells) => cells[i].length)));
  return rows.map((cells) => `  ${cells.map((cell, i) => cell.padEnd(widths[i])).join("  ")}`.trimEnd());
}

function cover(policy, claims) {
  const head = [
    `policy ${policy.policy} of product ${policy.product}: ${policy.state}`,
    `  covered  ${seconds(policy.covered_from)} to ${seconds(policy.covered_until)}, filed until ${seconds(policy.file_until)}`,
    `  payee    ${policy.payee}`,
    `  locked   ${policy.locked} ${policy.denom}`,
    `  claims   ${policy.claims_paid} paid`,
  ];
  return [...head, ...claims.map((claim) => paid(claim, policy.denom))];
}

function paid(claim, denom) {
  const window = `${date(claim.from_ms)} to ${date(claim.to_ms)}`;
  return `    claim ${claim.claim}: ${claim.amount} ${denom} paid ${seconds(claim.paid_at)} for ${window}, by ${claim.claimant}`;
}
