import { expect, it } from 'vitest';
import { memorySource } from '../../../importer/container/byte-source.ts';
import { openHdf5 } from '../../../importer/container/hdf5-file.ts';
import { buildHdf5 } from '../build-model-file.ts';

async function readValues(dtype: string, data: number[]): Promise<number[]> {
  const bytes = await buildHdf5((file) => file.create_dataset({ name: 'kernel', data, shape: [data.length], dtype }));
  const file = await openHdf5(memorySource(bytes));
  try {
    return [...(file.root.dataset('kernel')?.read() ?? [])];
  } finally {
    file.close();
  }
}

it.each([
  ['<f', [1.5, -2]],
  ['<d', [1.5, -2]],
  ['<i', [3, -70_000]],
])('reads values of the type %s', async (dtype, values) => {
  expect(await readValues(dtype, values)).toEqual(values);
});

it.each(['<I', '<h'])('refuses values of the type %s, which no Keras writes', async (dtype) => {
  await expect(readValues(dtype, [1, 2])).rejects.toThrow(/not 32-bit floats/);
});
