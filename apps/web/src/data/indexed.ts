/** A node indexes events a little after their block: what is found by its index is looked for again this often. */
export const INDEXED_MS = 5_000;
