import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import { type BackendWasm, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { fusedConv2d } from '../../../model/tensorflow/fused-conv2d.ts';
import { fusedDepthwiseConv2d } from '../../../model/tensorflow/fused-depthwise-conv2d.ts';
import { installKernels } from '../../../model/tensorflow/install-kernels.ts';
import { KernelMemory } from '../../../model/tensorflow/kernel-memory.ts';

type Padding = 'same' | 'valid' | number;
type Shape = [number, number, number, number];
type Size = [height: number, width: number, channels: number];
interface Case {
  readonly title: string;
  readonly input: Size;
  readonly kernel: [height: number, width: number];
  readonly outChannels: number;
  readonly stride?: number;
  readonly pad?: Padding;
  readonly activation?: 'linear' | 'relu' | 'relu6' | 'elu' | 'sigmoid';
  readonly batch?: number;
  readonly dilation?: number;
  readonly withoutBias?: boolean;
}

const convolutions: Case[] = [
  { title: 'one pixel', input: [1, 1, 4], kernel: [1, 1], outChannels: 4 },
  { title: 'rows that leave a tile of one', input: [7, 1, 16], kernel: [1, 1], outChannels: 24 },
  { title: 'a 7×7 map', input: [7, 7, 40], kernel: [1, 1], outChannels: 20, activation: 'relu6' },
  { title: 'a depth that is no multiple of four', input: [5, 6, 7], kernel: [1, 1], outChannels: 12 },
  { title: 'a batch', input: [4, 5, 8], kernel: [1, 1], outChannels: 8, batch: 3 },
  { title: 'a stem', input: [17, 18, 3], kernel: [3, 3], outChannels: 32, stride: 2, activation: 'relu6' },
  { title: 'a 3×3 in a batch', input: [9, 8, 6], kernel: [3, 3], outChannels: 8, batch: 2, activation: 'relu' },
  { title: 'a strided 1×1', input: [9, 9, 8], kernel: [1, 1], outChannels: 16, stride: 2 },
  { title: 'a padded 1×1', input: [4, 4, 4], kernel: [1, 1], outChannels: 8, pad: 1 },
  { title: 'a wide kernel', input: [12, 11, 3], kernel: [7, 5], outChannels: 8, pad: 'valid' },
  { title: 'many gathered rows', input: [40, 64, 32], kernel: [3, 3], outChannels: 4 },
  { title: 'no bias', input: [6, 6, 8], kernel: [3, 3], outChannels: 8, withoutBias: true, activation: 'relu' },
  { title: 'the stock kernel: odd output channels', input: [6, 6, 8], kernel: [3, 3], outChannels: 10 },
  { title: 'the stock kernel: dilation', input: [9, 9, 4], kernel: [3, 3], outChannels: 8, dilation: 2 },
  { title: 'the stock kernel: sigmoid', input: [6, 6, 8], kernel: [1, 1], outChannels: 8, activation: 'sigmoid' },
];

const depthwiseConvolutions: Case[] = [
  { title: '3×3', input: [14, 14, 8], kernel: [3, 3], outChannels: 0, activation: 'relu6' },
  { title: '3×3 stride 2', input: [15, 13, 12], kernel: [3, 3], outChannels: 0, stride: 2, activation: 'relu' },
  { title: '5×5', input: [7, 7, 16], kernel: [5, 5], outChannels: 0 },
  { title: '5×5 stride 2', input: [14, 15, 4], kernel: [5, 5], outChannels: 0, stride: 2 },
  { title: 'valid padding', input: [9, 23, 4], kernel: [3, 3], outChannels: 0, pad: 'valid' },
  { title: 'one pixel', input: [1, 1, 4], kernel: [3, 3], outChannels: 0 },
  { title: 'a tall kernel', input: [9, 9, 4], kernel: [1, 3], outChannels: 0 },
  { title: 'a batch', input: [5, 6, 8], kernel: [3, 3], outChannels: 0, batch: 2 },
  { title: 'no bias', input: [5, 6, 8], kernel: [3, 3], outChannels: 0, withoutBias: true, activation: 'relu' },
  { title: 'the stock kernel: odd channels', input: [5, 6, 6], kernel: [3, 3], outChannels: 0 },
  { title: 'the stock kernel: 7×7', input: [9, 9, 4], kernel: [7, 7], outChannels: 0 },
  { title: 'the stock kernel: stride 3', input: [9, 9, 4], kernel: [3, 3], outChannels: 0, stride: 3 },
  { title: 'the stock kernel: dilation', input: [9, 9, 4], kernel: [3, 3], outChannels: 0, dilation: 2 },
];

beforeAll(() => {
  installKernels();
  setWasmPaths(fileURLToPath(new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url)));
});

function makeInputs(isDepthwise: boolean, shape: Case) {
  const {
    input,
    kernel,
    outChannels,
    batch = 1,
    stride = 1,
    pad = 'same',
    activation = 'linear',
    dilation = 1,
  } = shape;
  const channels = isDepthwise ? input[2] : outChannels;
  const filterShape: Shape = [...kernel, input[2], isDepthwise ? 1 : outChannels];
  return {
    x: tf.randomUniform<tf.Rank.R4>([batch, ...input], -1, 1, 'float32', 1),
    filter: tf.randomUniform<tf.Rank.R4>(filterShape, -1, 1, 'float32', 2),
    ...(!shape.withoutBias && { bias: tf.randomUniform<tf.Rank.R1>([channels], -1, 1, 'float32', 3) }),
    strides: stride,
    pad,
    dilations: dilation,
    activation,
  };
}

async function runOn(backend: 'cpu' | 'wasm', isDepthwise: boolean, shape: Case): Promise<Float32Array> {
  await tf.setBackend(backend);
  return tf.tidy(() => {
    const options = makeInputs(isDepthwise, shape);
    const result = isDepthwise ? tf.fused.depthwiseConv2d(options) : tf.fused.conv2d(options);
    return result.dataSync() as Float32Array;
  });
}

/** Whether the project's kernel takes the case, rather than leaving it to the stock one. */
async function isTaken(isDepthwise: boolean, shape: Case): Promise<boolean> {
  await tf.setBackend('wasm');
  const backend = tf.backend() as BackendWasm;
  const memory = new KernelMemory(backend);
  return tf.tidy(() => {
    const { x, filter, bias, strides, pad, dilations, activation } = makeInputs(isDepthwise, shape);
    const attrs = {
      strides: [strides, strides] as [number, number],
      pad,
      dilations: [dilations, dilations] as [number, number],
      dataFormat: 'NHWC' as const,
      dimRoundingMode: 'floor' as const,
      activation,
      leakyreluAlpha: 0,
    };
    const attempt = isDepthwise ? fusedDepthwiseConv2d : fusedConv2d;
    const makeOutput = (size: number[]) => tf.zeros(size);
    return attempt(memory, { x, filter, bias: bias as tf.Tensor1D }, attrs, makeOutput) !== undefined;
  });
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (b[index] as number))), 0);
}

describe('the fused convolutions of the WASM backend', () => {
  it.each(convolutions)('convolve as the plain CPU backend does: $title', async (shape) => {
    const expected = await runOn('cpu', false, shape);

    expect(largestDifference(await runOn('wasm', false, shape), expected)).toBeLessThan(3e-5);
  });

  it.each(depthwiseConvolutions)('convolve depthwise as the plain CPU backend does: $title', async (shape) => {
    const expected = await runOn('cpu', true, shape);

    expect(largestDifference(await runOn('wasm', true, shape), expected)).toBeLessThan(1e-5);
  });

  it.each([...convolutions, ...depthwiseConvolutions])('leave to TF.js only what they name: $title', async (shape) => {
    const isStock = shape.title.startsWith('the stock kernel');

    expect(await isTaken(shape.outChannels === 0, shape)).toBe(!isStock);
  });

  it('give the same answer twice from one filter, and free what they derived from it', async () => {
    await tf.setBackend('wasm');
    const tensorsBefore = tf.memory().numTensors;
    const x = tf.ones<tf.Rank.R4>([1, 3, 3, 4]);
    const bias = tf.ones<tf.Rank.R1>([4]);
    for (let round = 0; round < 50; round++) {
      const filter = tf.fill<tf.Rank.R4>([1, 1, 4, 4], round);
      for (let call = 0; call < 2; call++) {
        const y = tf.fused.conv2d({ x, filter, strides: 1, pad: 'same', bias });
        expect(y.dataSync()[0]).toBe(round * 4 + 1);
        y.dispose();
      }
      filter.dispose();
    }
    tf.dispose([x, bias]);

    expect(tf.memory().numTensors).toBe(tensorsBefore);
  });
});
