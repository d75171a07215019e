import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../importer/graph/graph-builder.ts';
import type { GraphNode } from '../../../importer/graph/node.ts';
import { judgePixels } from '../../../importer/pixels/judge-pixels.ts';
import type { PixelFacts } from '../../../importer/pixels/pixel-facts.ts';

const torchMean = [0.485, 0.456, 0.406];
const torchDeviation = [0.229, 0.224, 0.225];
const caffeMean = [103.939, 116.779, 123.68];

type Steps = (x: GraphNode, builder: GraphBuilder) => GraphNode;

/** What is judged of a model that does these steps before its first convolution. */
function judge(steps: Steps, facts?: PixelFacts, channels = 3) {
  const builder = new GraphBuilder();
  const input = builder.input('input', [1, 16, 16, channels]);
  const x = steps(input, builder);
  const depth = x.shape[3] ?? 1;
  const kernel = builder.constant('kernel', new Float32Array(9 * depth * 4).fill(0.3), [3, 3, depth, 4]);
  const window = { strides: [1, 1], dilations: [1, 1], padding: 'SAME' } as const;
  const score = builder.reduce('Mean', builder.conv2d(x, kernel, window), [1, 2], false);
  return judgePixels({ input, score }, facts);
}

/** The option that is found out, or undefined where the owner has to be asked. */
function optionOf(...line: Parameters<typeof judge>): string | undefined {
  const judgement = judge(...line);
  return judgement.isKnown ? judgement.option : undefined;
}

const perChannel = (builder: GraphBuilder, values: readonly number[]) =>
  builder.constant('values', Float32Array.from(values), [values.length]);

const takeChannel = (x: GraphNode, b: GraphBuilder, channel: number) =>
  b.slice(x, [0, 0, 0, channel], [1, ...x.shape.slice(1, 3), 1]);

const swapColours: Steps = (x, b) => b.node('ReverseV2', [x, b.integers('axes', [3])], { shape: x.shape });

const standardise = (x: GraphNode, b: GraphBuilder, mean: readonly number[], deviation: readonly number[]) => {
  const scaled = b.multiply(
    x,
    perChannel(
      b,
      deviation.map((value) => 1 / value),
    ),
  );
  const known = { ...scaled, statistics: { mean, deviation, isTrained: true } };
  return b.add(
    known,
    perChannel(
      b,
      mean.map((value, at) => -value / (deviation[at] as number)),
    ),
  );
};

describe('pixels of 0 to 255 are what a model takes that', () => {
  it.each<[string, Steps]>([
    ['divides by 255', (x, b) => b.divide(x, 255)],
    ['divides by 127.5 and takes 1 off', (x, b) => b.subtract(b.divide(x, 127.5), 1)],
    ['takes 127.5 off and divides by it', (x, b) => b.divide(b.subtract(x, 127.5), 127.5)],
    ['divides by 128 and takes 1 off', (x, b) => b.add(b.multiply(x, 1 / 128), -1)],
    ['takes 0.5 off after a division', (x, b) => b.subtract(b.divide(x, 255), 0.5)],
    [
      'does as torch does',
      (x, b) => b.divide(b.subtract(b.divide(x, 255), perChannel(b, torchMean)), perChannel(b, torchDeviation)),
    ],
    ['does as caffe does', (x, b) => b.subtract(swapColours(x, b), perChannel(b, caffeMean))],
    [
      'takes means off channel by channel',
      (x, b) =>
        b.concat(
          caffeMean.map((mean, at) => b.subtract(takeChannel(x, b, 2 - at), mean)),
          3,
        ),
    ],
    ['resizes first', (x, b) => b.divide(b.resize('ResizeBilinear', x, 8, 8), 255)],
    [
      'pads and crops first',
      (x, b) =>
        b.divide(
          b.slice(
            b.pad(x, [
              [0, 0],
              [2, 2],
              [2, 2],
              [0, 0],
            ]),
            [0, 1, 1, 0],
            [1, 9, 9, 3],
          ),
          255,
        ),
    ],
    ['turns the axes around first', (x, b) => b.transpose(b.divide(b.transpose(x, [0, 2, 1, 3]), 255), [0, 2, 1, 3])],
    [
      'makes grey of colours',
      (x, b) => {
        const kernel = b.constant('luma', Float32Array.of(0.2989, 0.587, 0.114), [3, 1]);
        return b.divide(b.reshape(b.matMul(b.reshape(x, [256, 3]), kernel), [1, 16, 16, 1]), 255);
      },
    ],
    ['normalises by means and deviations of such pixels', (x, b) => standardise(x, b, [121, 116, 104], [65, 62, 66])],
    [
      'scales, and then normalises what it has scaled',
      (x, b) => standardise(b.divide(x, 255), b, [0.48, 0.46, 0.4], [0.26, 0.25, 0.27]),
    ],
  ])('%s', (_title, steps) => {
    expect(optionOf(steps)).toBe('--preprocess none');
  });

  it('repeats a grey channel, which alone is no step towards the range of its weights', () => {
    const repeated = judge((x, b) => b.concat([x, x, x], 3), undefined, 1);

    expect(repeated).toEqual(judge((x) => x, undefined, 1));
  });

  it('repeats a grey channel before it scales', () => {
    expect(optionOf((x, b) => b.divide(b.concat([x, x, x], 3), 255), undefined, 1)).toBe('--preprocess none');
  });
});

describe('pixels scaled outside are what a model takes that', () => {
  it.each<[string, string, Steps]>([
    [
      'begins with a normalisation of 0 to 1',
      '--scale 0.00392157',
      (x, b) => standardise(x, b, [0.49, 0.47, 0.4], [0.27, 0.26, 0.28]),
    ],
    [
      'begins with one of -1 to 1',
      '--preprocess tf',
      (x, b) => standardise(x, b, [-0.05, -0.08, -0.2], [0.5, 0.49, 0.52]),
    ],
    ['turns 0 to 1 into -1 to 1', '--scale 0.00392157', (x, b) => b.subtract(b.multiply(x, 2), 1)],
    ['turns -1 to 1 into 0 to 1', '--preprocess tf', (x, b) => b.add(b.multiply(x, 0.5), 0.5)],
    [
      'takes means off 0 to 1 as torch does',
      '--scale 0.00392157',
      (x, b) => b.divide(b.subtract(x, perChannel(b, torchMean)), perChannel(b, torchDeviation)),
    ],
    [
      'multiplies by 255 and takes means off',
      '--scale 0.00392157',
      (x, b) => b.subtract(b.multiply(x, 255), perChannel(b, caffeMean)),
    ],
  ])('%s', (_title, option, steps) => {
    expect(optionOf(steps)).toBe(option);
  });
});

describe('the owner is asked about a model that', () => {
  it.each<[string, Steps, RegExp]>([
    ['does nothing before its weights', (x) => x, /nothing in it scales them/],
    [
      'only moves its pixels',
      (x, b) => swapColours(b.resize('ResizeBilinear', x, 8, 8), b),
      /nothing in it scales them/,
    ],
    ['normalises by what an untrained layer holds', (x, b) => standardise(x, b, [0, 0, 0], [1, 1, 1]), /tells nothing/],
    ['multiplies by 255 and divides by it', (x, b) => b.divide(b.multiply(x, 255), 255), /about as well|tells nothing/],
    [
      'scales each photo by its own brightness',
      (x, b) => b.subtract(x, b.reduce('Mean', x, [1, 2], true)),
      /Sub at .* does more/,
    ],
    ['takes the root of its pixels', (x, b) => b.unary('Sqrt', x), /Sqrt at .* does more/],
    [
      'begins with a normalisation of pixels as torch makes them',
      (x, b) => standardise(x, b, [0.02, 0.05, 0.04], [1.05, 1.07, 1.1]),
      /torch about as well/,
    ],
    [
      'begins with a normalisation of pixels as caffe makes them',
      (x, b) => standardise(x, b, [-4, 2, 6], [62, 64, 68]),
      /caffe/,
    ],
    [
      'begins with a normalisation of -0.5 to 0.5',
      (x, b) => standardise(x, b, [-0.02, -0.03, -0.08], [0.25, 0.25, 0.26]),
      /about as well/,
    ],
    // After a short training a moving average is half of what it began with.
    [
      'has a normalisation of pixels / 255 that saw few photos',
      (x, b) => standardise(x, b, [0.31, 0.3, 0.29], [0.64, 0.63, 0.64]),
      /about as well/,
    ],
    ['scales its pixels to nothing that is usual', (x, b) => b.multiply(x, 1e-6), /not usual/],
  ])('%s', (_title, steps, because) => {
    const judgement = judge(steps);

    expect(judgement.isKnown).toBe(false);
    expect(judgement.because).toMatch(because);
  });

  it('has branches of different scales', () => {
    const judgement = judge((x, b) => {
      const kernel = b.constant('kernel', new Float32Array(9).fill(0.3), [1, 1, 3, 3]);
      const window = { strides: [1, 1], dilations: [1, 1], padding: 'SAME' } as const;
      return b.add(b.conv2d(b.divide(x, 255), kernel, window), b.conv2d(x, kernel, window));
    });

    expect(judgement).toMatchObject({ isKnown: false, because: expect.stringContaining('branches') });
  });
});

describe('what the file says outright', () => {
  it.each<[string, PixelFacts, object]>([
    ['bytes of 0 to 1', { kind: 'bytes', scale: 1 / 255, offset: 0 }, { scale: 1 / 255, offset: 0 }],
    ['bytes of -1 to 1', { kind: 'bytes', scale: 1 / 128, offset: -1 }, { scale: 1 / 128, offset: -1 }],
    ['bytes of an odd range', { kind: 'bytes', scale: 0.012566, offset: -1.646 }, { scale: 0.012566, offset: -1.646 }],
    ['real numbers of 0 to 255', { kind: 'range', low: 0, high: 255 }, { scale: 1, offset: 0 }],
    ['real numbers of -1 to 1', { kind: 'range', low: -1, high: 0.996 }, { scale: 1 / 127.5, offset: -1 }],
    ['a normalisation', { kind: 'normalisation', mean: [127.5], deviation: [127.5] }, { scale: 1 / 127.5, offset: -1 }],
    [
      'a normalisation of each channel',
      { kind: 'normalisation', mean: [100, 110, 120], deviation: [50] },
      { scale: 0.02, offset: [-2, -2.2, -2.4] },
    ],
  ])('counts for %s', (_title, facts, preprocessing) => {
    const judgement = judge((x) => x, facts);

    expect(judgement).toMatchObject({ isKnown: true, preprocessing: { channels: 'rgb', ...preprocessing } });
  });

  it.each<[string, number[], number[]]>([
    ['means of two channels', [1, 2], [50]],
    ['deviations of two channels', [100], [1, 2]],
    ['a deviation of 0', [100], [0]],
    ['a deviation of 0 beside others', [100], [1, 0, 1]],
  ])('does not count for three channels where it is a normalisation with %s', (_title, mean, deviation) => {
    const judgement = judge((x) => x, { kind: 'normalisation', mean, deviation });

    expect(judgement.because).not.toMatch(/metadata says/);
  });

  it.each<[string, PixelFacts]>([
    ['torch', { kind: 'bytes', scale: 0.0187, offset: -2.13 }],
    ['caffe', { kind: 'range', low: -123.7, high: 151 }],
  ])('is no answer where it is a range that %s makes, of colours in an order that it does not tell', (mode, facts) => {
    expect(judge((x) => x, facts)).toMatchObject({ isKnown: false, because: expect.stringContaining(mode) });
  });
});
