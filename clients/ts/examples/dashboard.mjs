// A dashboard: one line of JSON for each event of a patient, as its block comes, until it is stopped; how following
// goes, on stderr. Ids and digests only: what an event is about is confirmed by a query.
//
//   node examples/dashboard.mjs --config config.json --words clinician.words --patient 1234567890123456789

import { connect, options } from "./lib.mjs";

const given = options(["patient"]);
const { vitals } = await connect(given);

const stop = vitals.follow(
  { patient: given.patient },
  ({ contract, kind, attributes, height, timeMs }) => {
    console.log(JSON.stringify({ at: new Date(timeMs).toISOString(), height, contract, kind, ...attributes }));
  },
  ({ state, error }) => console.error(error ? `${state}: ${error.message}` : state),
);

process.once("SIGTERM", stop).once("SIGINT", stop);
