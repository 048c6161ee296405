/** An alert goes to the chain at once, and its detail to the vaults beside it: it may come a moment later. */
import { codeOf } from "../../data/errors";

const TIMES = 5;

/** For the query that opens it: only what may still come is asked for again. */
export const untilThere = {
  retry: (failed: number, error: unknown) => failed < TIMES && codeOf(error) === "vault/not_found",
  retryDelay: 2_000,
};
