// A clinician reads what a grant permits: each batch is fetched, verified against the chain, decrypted and printed, or
// told with what kept it from being read.
//
//   node examples/clinician-read.mjs --config config.json --words clinician.words --identity clinician.identity \
//     --patient 1234567890123456789 --grant 3

import { measures } from "@cw-vitals/client/core";
import { Reader } from "@cw-vitals/client/readings";

import { connect, identityIn, options, run } from "./lib.mjs";

run(async () => {
  const given = options(["identity", "patient", "grant"]);
  const { vitals, vaults } = await connect(given);
  const reader = new Reader(vitals, vaults, await identityIn(given.identity));
  const { patient, grant } = given;
  const { categories, window, purposes } = await vitals.consent.grant({ patient, grant });

  const known = new Map(measures().map((measure) => [measure.code, measure]));
  const request = { patient, categories, window, purpose: purposes[0], ground: { grant: { id: Number(grant) } } };
  for await (const batch of reader.open(request)) {
    const { category, device, sequence } = batch.info.id;
    if (!batch.verified) {
      console.log(`${category} ${device}/${sequence}: NOT READ: ${batch.error.message}`);
      continue;
    }
    const label = batch.simulated ? " SIMULATED" : "";
    console.log(`${category} ${device}/${sequence}: ${batch.values.length} readings, verified${label}`);
    for (const [i, value] of batch.values.entries()) {
      const { display, unit, scale } = known.get(batch.measures[i]);
      console.log(`  ${new Date(batch.times[i]).toISOString()} ${display} ${value.toFixed(scale)} ${unit}`);
    }
  }
});
