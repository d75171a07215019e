import { describe, expect, it } from 'vitest';
import { modelKernels } from '../../../model/kernels/model-kernels.ts';
import { packPanels } from '../../../model/kernels/pack-panels.ts';

const memory = new WebAssembly.Memory({ initial: 16 });
const kernels = modelKernels.instantiate(memory);

describe('packHalves', () => {
  it('makes every number of half precision the float that it is', () => {
    const halves = Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits);
    const target = halves.byteLength;
    new Uint16Array(memory.buffer).set(halves);
    kernels.packHalves(0, target, halves.length / 4, 4);
    const floats = new Float32Array(memory.buffer, target, halves.length);
    const expected = new Float16Array(halves.buffer);
    // Object.is tells -0 from 0; what kind of NaN a NaN is matters to nobody.
    const wrong = [...floats.keys()].filter((bits) => !Object.is(floats[bits], expected[bits]));

    expect(wrong).toEqual([]);
  });
});

describe.each([
  ['packFloats', Float32Array],
  ['packHalves', Float16Array],
] as const)('%s', (name, Numbers) => {
  it.each([
    [1, 4],
    [5, 8],
    [3, 12],
    [7, 20],
    [2, 32],
  ])('orders %i rows of %i columns into panels', (depth, columns) => {
    const numbers = Float32Array.from({ length: depth * columns }, (_, index) => index - 7);
    new Numbers(memory.buffer).set(numbers);
    const target = 4_096;
    kernels[name](0, target, depth, columns);
    const expected = new Float32Array(numbers.length);
    packPanels(numbers, expected, depth, columns);

    expect(new Float32Array(memory.buffer, target, numbers.length)).toEqual(expected);
  });
});
