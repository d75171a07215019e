/** `work` for each item, at most `concurrency` at a time; the results in the items' order. Rejects as the first that does. */
export async function mapInOrder<Item, Result>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const runOneAfterAnother = async () => {
    for (const [index, item] of queue) results[index] = await work(item, index);
  };
  await Promise.all(Array.from({ length: concurrency }, runOneAfterAnother));
  return results;
}
