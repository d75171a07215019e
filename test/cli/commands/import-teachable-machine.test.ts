import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildKerasFile, sequentialConfig } from '../../importer/build-model-file.ts';
import { folder, lambdaLens } from './import-line.ts';

/** A few layers by the names that its exports have; the shapes are those of a much smaller model. */
const layers = [
  { class_name: 'Conv2D', config: { name: 'Conv1', filters: 2, kernel_size: [1, 1], use_bias: false } },
  { class_name: 'GlobalAveragePooling2D', config: { name: 'global_average_pooling2d_GlobalAveragePooling2D1' } },
  { class_name: 'Dense', config: { name: 'dense_Dense1', units: 2, use_bias: false, activation: 'relu' } },
  { class_name: 'Dense', config: { name: 'dense_Dense2', units: 2, use_bias: false, activation: 'softmax' } },
];
const weights: Readonly<Record<string, { readonly shape: number[]; readonly values: readonly number[] }>> = {
  conv2d: { shape: [1, 1, 3, 2], values: [1, 0, 0, 1, 0.5, 0.5] },
  dense: { shape: [2, 2], values: [1, 0, 0, 1] },
  dense_1: { shape: [2, 2], values: [1, -1, -1, 1] },
};

it('an export of Teachable Machine gets its pixels, the middle of the photo, and the labels beside it', async () => {
  const exported = join(folder, 'exported');
  mkdirSync(exported);
  const file = join(exported, 'keras_model.keras');
  writeFileSync(file, await buildKerasFile(sequentialConfig(layers), (group) => {
    const stored = group.create_group('layers');
    for (const [name, { shape, values }] of Object.entries(weights)) {
      const vars = stored.create_group(name).create_group('vars');
      vars.create_dataset({ name: '0', data: Float32Array.from(values), shape });
    }
  })); // biome-ignore format: one thought
  writeFileSync(join(exported, 'labels.txt'), '0 Flask\n1 Beaker\n');
  const out = join(folder, 'flasks');

  const text = await lambdaLens('import', file, '--out', out);

  expect(text).toMatch(/^Labels: Flask, Beaker, from .*labels\.txt\.\nPixels: --preprocess tf, because .*Teachable/);
  expect(text).toMatch(/not trained on \(new ones, that Teachable Machine was not shown\)/);
  expect(JSON.parse(readFileSync(join(out, 'card.json'), 'utf8'))).toMatchObject({
    labels: ['Flask', 'Beaker'],
    input: { resize: 'lanczos', fit: 'pillow-fit', scale: 1 / 127.5, offset: -1 },
  });
});
