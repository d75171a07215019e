import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PngWorkspace } from '../../../../photo/png/kernels/png-workspace.ts';
import { plainUnfilter } from '../../../../photo/png/unfilter/plain-unfilter.ts';
import { type FilterName, unfilterRow } from '../../../../photo/png/unfilter/row-unfilter.ts';

const filters = ['none', 'sub', 'up', 'average', 'paeth'] as const;

/** What the kernel makes of a row below another one. */
function unfiltered(filter: FilterName, row: Uint8Array, above: Uint8Array, step: number): Uint8Array {
  const room = row.length + 8;
  const workspace = new PngWorkspace(1 + 3 * room);
  const [stored, aboveAt, out] = [0, 1 + room, 1 + 2 * room];
  workspace.bytes.fill(0xee, 0, 1 + 3 * room);
  workspace.bytes.set([filters.indexOf(filter), ...row], stored);
  workspace.bytes.set(above, aboveAt);
  unfilterRow(workspace, { stored, above: aboveAt, out }, row.length, step);
  workspace.release();
  return workspace.bytes.slice(out, out + row.length);
}

it.each(filters)('the kernel of %s gives the very bytes of its plain twin', (filter) => {
  const pixels = fc.integer({ min: 1, max: 8 }).chain((step) =>
    fc.integer({ min: 1, max: 20 }).chain((count) => {
      const bytes = fc.uint8Array({ minLength: step * count, maxLength: step * count });
      return fc.tuple(fc.constant(step), bytes, bytes);
    }),
  );
  fc.assert(
    fc.property(pixels, ([step, above, row]) => {
      const out = unfiltered(filter, row, above, step);

      expect([...out]).toEqual([...plainUnfilter(filter, row, above, step)]);
    }),
    { examples: [[[1, Uint8Array.of(255, 0, 255), Uint8Array.of(255, 255, 0)]]] },
  );
});

it('has room for rows of a hundred thousand bytes', () => {
  const row = Uint8Array.from({ length: 99_999 }, (_, at) => (at * 7) % 256);

  const out = unfiltered('paeth', row, row, 3);

  expect(Buffer.from(out).equals(plainUnfilter('paeth', row, row, 3))).toBe(true);
});
