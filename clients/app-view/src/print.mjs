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
    `policy ${policy.policy} of product ${policy.product}, version ${policy.version}: ${policy.state}`,
    `  covered  ${seconds(policy.covered_from)} to ${seconds(policy.covered_until)}, filed until ${seconds(policy.file_until)}`,
    `  payee    ${policy.payee}`,
    `  premium  ${policy.premium_paid} ${policy.denom} paid${due(policy)}`,
    `  locked   ${policy.locked} ${policy.denom}`,
    `  claims   ${policy.claims_paid} of ${policy.claims_most} paid, ${policy.claims_open} open`,
  ];
  return [...head, ...claims.map((claim) => claimed(claim, policy.denom))];
}

const due = ({ next_due, next_amount, denom }) =>
  next_due ? `, ${next_amount} ${denom} due ${seconds(next_due)}` : "";

function claimed({ claim, state, paid, filed_at, claimant, evidence }, denom) {
  return `    claim ${claim}: ${state}, ${paid} ${denom} paid, filed ${seconds(filed_at)} by ${claimant}, ${about(evidence)}`;
}

function about({ disclosed, invoice }) {
  if (disclosed) return `for readings of ${date(disclosed.from_ms)} to ${date(disclosed.to_ms)}`;
  return `on an invoice of ${invoice.claimed} for ${seconds(invoice.served_from)} to ${seconds(invoice.served_until)}`;
}
