import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { assembleKernels } from '../../../model/kernels/build.ts';

it('kernels.wasm is what its source assembles to', async () => {
  const stored = await readFile(new URL('../../../model/kernels/kernels.wasm', import.meta.url));
  expect(Buffer.compare(Buffer.from(await assembleKernels()), stored)).toBe(0);
});
