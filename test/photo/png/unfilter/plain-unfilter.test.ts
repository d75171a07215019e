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
