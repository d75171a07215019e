import { describe, expect, it } from 'vitest';
import { readPixelFacts } from '../../../importer/tflite/read-pixel-facts.ts';
import type { Quantization, TfliteModel, TfliteTensor } from '../../../importer/tflite/tflite-model.ts';

const [float32, uint8, int8] = [0, 3, 9];

function tensor(type: number, quantization?: Partial<Quantization>): TfliteTensor {
  const whole = quantization && { scales: [], zeroPoints: [], axis: 0, ...quantization };
  return { name: 'x', shape: [1, 4, 4, 3], isOpen: false, type, bytes: new Uint8Array(), quantization: whole };
}

/** A model that makes whole numbers of its input where there is a second tensor. */
function modelOf(tensors: readonly TfliteTensor[], more: Partial<TfliteModel> = {}): TfliteModel {
  const quantise = { name: 'QUANTIZE', inputs: [0], outputs: [1], options: undefined };
  const operations = tensors.length > 1 ? [quantise] : [];
  return { tensors, operations, inputs: [0], outputs: [], normalisation: undefined, labelsFile: undefined, ...more };
}

describe('pixels of a whole-number input', () => {
  it.each([
    [uint8, undefined, 1, 0],
    [int8, undefined, 1, -128],
    [uint8, { scales: [0.5], zeroPoints: [2] }, 0.5, -1],
    [int8, { scales: [0.5], zeroPoints: [-128] }, 0.5, 0],
    [int8, { scales: [0.5] }, 0.5, -64],
    [uint8, { zeroPoints: [3] }, 1, -3],
  ])('of type %i, quantised by %j, are a byte × %d + %d', (type, quantization, scale, offset) => {
    expect(readPixelFacts(modelOf([tensor(type, quantization)]))).toEqual({ kind: 'bytes', scale, offset });
  });
});

describe('pixels of a real input', () => {
  const seen = tensor(int8, { scales: [2], zeroPoints: [-128] });
  const normalisation = { mean: [1], deviation: [2] };

  it('are as the metadata say', () => {
    const model = modelOf([tensor(float32), seen], { normalisation });

    expect(readPixelFacts(model)).toEqual({ kind: 'normalisation', ...normalisation });
  });

  it('are in the range that the converter was shown, where they become whole numbers at once', () => {
    expect(readPixelFacts(modelOf([tensor(float32), seen]))).toEqual({ kind: 'range', low: 0, high: 510 });
  });

  it.each([
    ['nothing makes whole numbers of them', modelOf([tensor(float32)])],
    ['the whole numbers have no scale', modelOf([tensor(float32), tensor(int8)])],
    ['they become real numbers', modelOf([tensor(float32), tensor(float32, { scales: [2] })])],
    ['there is no such tensor', modelOf([tensor(float32), seen], { inputs: [7] })],
    ['there is no input', modelOf([tensor(float32), seen], { inputs: [] })],
    [
      'another tensor becomes whole numbers',
      modelOf([tensor(float32), seen], { inputs: [1], tensors: [seen, tensor(float32)] }),
    ],
  ])('are unknown where %s', (_why, model) => {
    expect(readPixelFacts(model)).toBeUndefined();
  });
});
