import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { randomSource } from '../../../model/calibration/random-source.ts';
import { buildKerasFile, sequentialConfig } from '../../importer/build-model-file.ts';
import { folder, lambdaLens } from './import-line.ts';

/** Each a doubling of whatever two values differ by, folded back to 0–1: 1 − 2 |x − ½| by two units of ReLU. */
const tents = 22;

const convolution = (name: string, filters: number, size: number, activation: string) => ({
  class_name: 'Conv2D',
  config: { name, filters, kernel_size: [size, size], padding: 'same', activation, use_bias: true },
});

it('does not call it a fault of a kernel where the model itself turns a millionth into another label', async () => {
  const random = randomSource(3);
  const layers: { kernel: number[]; shape: number[]; bias: number[] }[] = [
    { kernel: Array.from({ length: 75 }, () => (random() - 0.5) / 255), shape: [5, 5, 3, 1], bias: [0] },
  ];
  for (let n = 0; n < tents; n++) {
    layers.push({ kernel: [1, -1], shape: [1, 1, 1, 2], bias: [-0.5, 0.5] });
    layers.push({ kernel: [-2, -2], shape: [1, 1, 2, 1], bias: [1] });
  }
  layers.push({ kernel: [4, -4], shape: [1, 1, 1, 2], bias: [-2, 2] });
  const config = sequentialConfig([
    convolution('conv2d', 1, 5, 'sigmoid'),
    ...Array.from({ length: tents }, (_, n) => [
      convolution(`conv2d_${2 * n + 1}`, 2, 1, 'relu'),
      convolution(`conv2d_${2 * n + 2}`, 1, 1, 'linear'),
    ]).flat(),
    convolution(`conv2d_${2 * tents + 1}`, 2, 1, 'linear'),
    { class_name: 'GlobalAveragePooling2D', config: { name: 'mean' } },
    { class_name: 'Activation', config: { name: 'share', activation: 'softmax' } },
  ]);
  const file = join(folder, 'chaotic.keras');
  writeFileSync(
    file,
    await buildKerasFile(config, (weights) => {
      const stored = weights.create_group('layers');
      layers.forEach(({ kernel, shape, bias }, n) => {
        const vars = stored.create_group(n === 0 ? 'conv2d' : `conv2d_${n}`).create_group('vars');
        vars.create_dataset({ name: '0', data: Float32Array.from(kernel), shape });
        vars.create_dataset({ name: '1', data: Float32Array.from(bias), shape: [bias.length] });
      });
    }),
  );
  const labels = join(folder, 'chaotic.txt');
  writeFileSync(labels, 'heads\ntails\n');

  const line = ['--labels', labels, '--out', join(folder, 'chaotic'), '--preprocess', 'none'];
  const printed = await lambdaLens('import', file, ...line, '--json');

  expect(JSON.parse(printed).verification).toMatchObject({
    against: 'nothing',
    because: expect.stringContaining('a millionth'),
  });
});
