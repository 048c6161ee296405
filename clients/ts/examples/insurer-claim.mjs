// An insurer claims for a policy holder who granted it to read and disclose for payment: looks for readings that meet
// the policy, shows what a claim would publish, and files it with --send yes. What a claim publishes is public for ever.
//
//   node examples/insurer-claim.mjs --config config.json --words insurer.words --identity insurer.identity \
//     --policy 1 --grant 4 [--send yes]
//
// An invoice that waits for the insurer's decision is decided instead with --claim and --award:
//
//   node examples/insurer-claim.mjs … --policy 2 --claim 1 --award 12000

import { claimsCalls } from "@cw-vitals/client";
import { fileClaim, prepareClaim } from "@cw-vitals/client/evidence";
import { Reader } from "@cw-vitals/client/readings";

import { connect, identityIn, options, run } from "./lib.mjs";

run(async () => {
  const given = options(["policy"], ["identity", "grant", "send", "claim", "award"]);
  const { vitals, vaults } = await connect(given);
  if (given.claim !== undefined) return decide(vitals, given);

  const reader = new Reader(vitals, vaults, await identityIn(given.identity));
  const ground = { grant: { id: Number(given.grant) } };
  const prepared = await prepareClaim(vitals, reader, { policy: given.policy, ground });
  for (const { info, error } of prepared.leftOut)
    console.log(`left out ${info.id.device}/${info.id.sequence}: ${error.message}`);
  console.log(`these ${prepared.claim.published.length} readings would be public for ever:`);
  for (const { atMs, measure, value } of prepared.claim.published) {
    console.log(`  ${new Date(atMs).toISOString()} ${measure} ${value}`);
  }
  if (given.send !== "yes") return console.log("nothing was sent");
  const { events } = await fileClaim(vitals, prepared);
  const { claim, amount } = events.find(({ kind }) => kind === "claim_paid").attributes;
  console.log(`claim ${given.policy}/${claim}: ${amount} paid`);
});

/** As the product's insurer or its assessor. */
async function decide(vitals, { policy, claim, award }) {
  await vitals.send(claimsCalls.assess({ policy, claim: Number(claim), award, reason: null }));
  const { state, paid } = await vitals.claims.claim({ policy, claim: Number(claim) });
  console.log(`claim ${policy}/${claim}: ${state}, ${paid} paid`);
}
