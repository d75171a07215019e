import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { writeJpegModule } from '../../../../photo/jpeg/kernels/build.ts';

it('jpeg-module.ts is what its source assembles to', async () => {
  const path = new URL('../../../../photo/jpeg/kernels/jpeg-module.ts', import.meta.url);
  expect(await readFile(path, 'utf8')).toBe(await writeJpegModule());
});
