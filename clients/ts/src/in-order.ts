/**
 * What `work` makes of each item, in the items' order, with at most `atOnce` under way. Fails with the first
 * failure in that order; items that wait are not begun then.
 */
export async function* inOrder<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  let next = 0;
  const begin = (): void => {
    const item = items[next];
    if (next >= items.length || item === undefined) return;
    next += 1;
    const result = work(item);
    // its failure is told when its turn comes
    result.catch(() => undefined);
    underWay.push(result);
  };
  for (let i = 0; i < Math.max(1, atOnce); i += 1) begin();
  for (let first = underWay.shift(); first; first = underWay.shift()) {
    const done = await first;
    begin();
    yield done;
  }
}
