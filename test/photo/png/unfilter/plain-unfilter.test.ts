import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainUnfilter } from '../../../../photo/png/unfilter/plain-unfilter.ts';
import { RowUnfilter } from '../../../../photo/png/unfilter/row-unfilter.ts';

const filters = ['none', 'sub', 'up', 'average', 'paeth'] as const;

it.each(filters)('the kernel of %s gives the very bytes of its plain twin', (filter) => {
  const pixels = fc.integer({ min: 1, max: 8 }).chain((step) =>
    fc.integer({ min: 1, max: 20 }).chain((count) => {
      const bytes = fc.uint8Array({ minLength: step * count, maxLength: step * count });
      return fc.tuple(fc.constant(step), bytes, bytes);
    }),
  );
  fc.assert(
    fc.property(pixels, ([step, above, row]) => {
      const unfilter = new RowUnfilter(1 + row.length, step);
      unfilter.put(Uint8Array.of(0, ...above), 0);
      unfilter.unfilter(above.length, true);
      unfilter.put(Uint8Array.of(filters.indexOf(filter), ...row), 0);

      const out = [...unfilter.unfilter(row.length, false)];

      unfilter.release();
      expect(out).toEqual([...plainUnfilter(filter, row, above, step)]);
    }),
    { examples: [[[1, Uint8Array.of(255, 0, 255), Uint8Array.of(255, 255, 0)]]] },
  );
});

it('has room for rows of a hundred thousand bytes, one after the other', () => {
  const row = Uint8Array.from({ length: 99_999 }, (_, at) => (at * 7) % 256);
  const unfilter = new RowUnfilter(1 + row.length, 3);
  unfilter.put(Uint8Array.of(0, ...row), 0);
  unfilter.unfilter(row.length, true);
  unfilter.put(Uint8Array.of(4, ...row), 0);

  const out = Buffer.from(unfilter.unfilter(row.length, false));

  unfilter.release();
  expect(out.equals(plainUnfilter('paeth', row, row, 3))).toBe(true);
});

it('takes zeros for the row above the first, whatever the memory held', () => {
  const rows = Uint8Array.of(9, 9, 9);
  const used = new RowUnfilter(4, 1);
  used.put(Uint8Array.of(0, ...rows), 0);
  used.unfilter(3, true);
  used.unfilter(3, false);
  used.release();
  const unfilter = new RowUnfilter(4, 1);
  unfilter.put(Uint8Array.of(2, ...rows), 0);

  const out = [...unfilter.unfilter(3, true)];

  unfilter.release();
  expect(out).toEqual([9, 9, 9]);
});
