import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { writeFitModule } from '../../../../model/fit/kernels/build.ts';

it('fit-module.ts is what its source assembles to', async () => {
  const stored = await readFile(new URL('../../../../model/fit/kernels/fit-module.ts', import.meta.url), 'utf8');
  expect(stored).toBe(await writeFitModule());
});
