import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { writeUnfilterModule } from '../../../../photo/png/unfilter/build.ts';

it('unfilter-module.ts is what its source assembles to', async () => {
  const path = new URL('../../../../photo/png/unfilter/unfilter-module.ts', import.meta.url);
  expect(await readFile(path, 'utf8')).toBe(await writeUnfilterModule());
});
