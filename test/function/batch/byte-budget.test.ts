import { describe, expect, it } from 'vitest';
import { createByteBudget } from '../../../function/batch/byte-budget.ts';

const { signal } = new AbortController();

/** The names of those that have got theirs, in order. */
async function got(turns: Readonly<Record<string, Promise<unknown>>>): Promise<string[]> {
  const names: string[] = [];
  for (const [name, turn] of Object.entries(turns)) void turn.then(() => names.push(name));
  await new Promise((resolve) => setImmediate(resolve));
  return names;
}

describe('a budget of bytes', () => {
  it('gives what is free and lets the next wait', async () => {
    const budget = createByteBudget(10);
    const release = await budget.take(6, signal);
    const turns = { second: budget.take(5, signal), third: budget.take(1, signal) };

    expect(await got(turns)).toEqual([]);

    release();
    release();

    expect(await got(turns)).toEqual(['second', 'third']);
  });

  it('gives all of it to one that is larger than all', async () => {
    const budget = createByteBudget(10);

    await budget.take(1_000, signal);

    expect(await got({ next: budget.take(1, signal) })).toEqual([]);
  });

  it('goes on to the next where one does not wait any more', async () => {
    const budget = createByteBudget(10);
    await budget.take(5, signal);
    const patience = new AbortController();
    const large = budget.take(9, patience.signal);
    const small = budget.take(5, signal);

    patience.abort(new Error('over'));

    await expect(large).rejects.toThrow('over');
    expect(await got({ small })).toEqual(['small']);
  });
});
