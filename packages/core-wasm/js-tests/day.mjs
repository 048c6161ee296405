// Time to decrypt and verify a day of three devices' readings, one a second each: 72 batches.
//
//   cargo run -p vitals-core-wasm --example fixture -- day FILE
//   node packages/core-wasm/js-tests/day.mjs FILE

import { readFileSync } from "node:fs";

import { core, fromBase64 } from "./load.mjs";

const ROUNDS = 7;
const day = JSON.parse(readFileSync(process.argv[2]));
const batches = day.batches.map(({ info, sealed }) => ({ info, sealed: fromBase64(sealed) }));
const identity = core.Identity.parse(day.identity);
const keys = core.KeyPackage.open(fromBase64(day.package), identity);

function openDay() {
  let readings = 0;
  for (const { info, sealed } of batches) {
    const batch = keys.openBatch(info, sealed);
    readings += Math.min(batch.times.length, batch.values.length, batch.measures.length, batch.flags.length);
    batch.free();
  }
  return readings;
}

const times = [];
const cpu = [];
let readings = 0;
for (let round = 0; round < ROUNDS; round += 1) {
  const [started, used] = [performance.now(), process.cpuUsage()];
  readings = openDay();
  times.push(Math.round(performance.now() - started));
  const { user, system } = process.cpuUsage(used);
  cpu.push(Math.round((user + system) / 1000));
}
for (const list of [times, cpu]) list.sort((a, b) => a - b);
const bytes = batches.reduce((sum, { sealed }) => sum + sealed.length, 0);
console.log(JSON.stringify({ readings, batches: batches.length, bytes, times, cpu }));
