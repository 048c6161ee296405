// A patient lets an account read a category for a time, keys included; with --revoke, takes such a grant back.
//
//   node examples/patient-grant.mjs --config config.json --words patient.words --keys patient.keys \
//     --passphrase pass.txt --grantee wasm1… --category cardiac --days 7
//   node examples/patient-grant.mjs … --revoke 3

import { agentOf, connect, options, run } from "./lib.mjs";

const HOUR_S = 3_600;

run(async () => {
  const given = options(["keys", "passphrase"], ["grantee", "category", "days", "revoke"]);
  const { vitals, vaults } = await connect(given);
  const agent = await agentOf(vitals, vaults, given);
  if (given.revoke !== undefined) return revoke(agent, given.revoke);

  const { timeMs } = await vitals.head();
  const now = Math.floor(timeMs / 1000);
  const until = now + Number(given.days ?? 7) * 24 * HOUR_S;
  const { grant, issued } = await agent.grant({
    grantee: { account: given.grantee },
    purposes: ["TREAT"],
    categories: [given.category ?? "cardiac"],
    actions: ["read"],
    // readings of whole hours: from this one on, until the grant ends
    window: { from: Math.floor(now / HOUR_S), to: Math.ceil(until / HOUR_S) },
    valid_until: until,
  });
  console.log(
    `granted ${grant}: ${given.grantee} reads ${given.category ?? "cardiac"} until ${new Date(until * 1000).toISOString()}`,
  );
  console.log(issued ? `without keys yet: ${issued.message}` : "the keys are in the vaults");
});

/** What was opened before cannot be unread. */
async function revoke(agent, grant) {
  const { rotation } = await agent.revoke(grant);
  console.log(`revoked ${grant}`);
  if (rotation)
    console.log(`new keys, generation ${rotation.generation}: ${rotation.packaged.length} grants have them`);
}
