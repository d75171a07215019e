import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { assets } from '../../function/bundling/assets.ts';
import { load } from '../../model/classifier.ts';
import { ModelError } from '../../model/model-error.ts';
import { storeUnfamiliarity } from '../../model/verdict/unfamiliarity.ts';
import { green, loadTiny, red } from '../helpers/load-tiny.ts';
import { matrix } from '../helpers/matrix.ts';
import { fillPixels, type TinyModelOptions, tinyCard, writeTinyModel } from '../helpers/tiny-model.ts';

describe('load', () => {
  it('reads card, labels and version', async () => {
    const classifier = await loadTiny();

    expect(classifier.card).toEqual({ ...tinyCard, version: classifier.card.version });
    expect(classifier.version).toMatch(/^[0-9a-f]{12}$/);
  });

  it.each<[string, TinyModelOptions, string]>([
    ['more labels than scores', { card: { labels: ['a', 'b', 'c'] } }, 'answers 2 scores, but card.json has 3 labels'],
    [
      'another input size',
      { card: { input: { ...tinyCard.input, width: 5 } } },
      "takes [-1, 4, 4, 3], but card.json's input makes [1, 4, 5, 3]",
    ],
    ['one row where the model takes four', { card: { input: { ...tinyCard.input, height: 1 } } }, 'makes [1, 1, 4, 3]'],
    ['another number of channels', { card: { input: { ...tinyCard.input, channels: 'grey' } } }, 'makes [1, 4, 4, 1]'],
    ['two sigmoids for one', { final: 'Sigmoid', card: { output: 'sigmoid' } }, 'ends in 2 sigmoids, but'],
    ['a card of other weights', { card: { version: '0123456789ab' } }, 'card.json is of the weights 0123456789ab, but'],
    [
      'one sigmoid for three labels',
      { kernel: [[1], [1], [1]], final: 'Sigmoid', card: { output: 'sigmoid', labels: ['a', 'b', 'c'] } },
      'one sigmoid unit, which tells two labels apart, but card.json has 3 labels',
    ],
    ['no output named score', { outputs: ['logits'] }, "names no output 'score' (it names: logits)"],
    [
      'weights cut short',
      { files: { 'weights.bin': new Uint8Array(31) } },
      'weights.bin has 31 bytes, but model.json describes 32',
    ],
    ['a model.json that is not JSON', { files: { 'model.json': '{' } }, 'model.json is not JSON'],
    ['a layers model', { files: { 'model.json': '{"modelTopology":{"model_config":{}}}' } }, 'not a TF.js graph model'],
    ['a damaged parity.json', { files: { 'parity.json': '{"format":2}' } }, 'not in the format 1'],
    ['a parity.json without photos', { files: { 'parity.json': '{"format":1}' } }, 'parity.json is damaged'],
  ])('refuses %s and keeps no tensor', async (_title, options, message) => {
    const classifier = await loadTiny();
    const { numTensors } = memory();

    await expect(loadTiny(options)).rejects.toThrow(message);
    await expect(loadTiny(options)).rejects.toBeInstanceOf(ModelError);
    expect(memory().numTensors).toBe(numTensors);

    classifier.dispose();
  });

  it('names a missing file, and loads once it is there', async () => {
    const directory = writeTinyModel();
    rmSync(join(directory, 'weights.bin'));

    await expect(load(directory, assets)).rejects.toThrow('has no weights.bin');

    copyFileSync(join(writeTinyModel(), 'weights.bin'), join(directory, 'weights.bin'));

    expect((await load(directory, assets)).classify(red).verdict).toBe('uncalibrated');
  });

  it('takes an input of one row for one row, where a size below 1 stands for any', async () => {
    const directory = writeTinyModel();
    const path = join(directory, 'model.json');
    const file = JSON.parse(readFileSync(path, 'utf8'));
    const { shape } = file.modelTopology.node.find(({ op }: { op: string }) => op === 'Placeholder').attr.shape;
    shape.dim[1].size = '1';
    writeFileSync(path, JSON.stringify(file));

    await expect(load(directory, assets)).rejects.toThrow('takes [-1, 1, 4, 3]');
  });

  it('keeps no tensor after dispose', async () => {
    const { numTensors } = memory();

    (await loadTiny()).dispose();

    expect(memory().numTensors).toBe(numTensors);
  });
});

describe('classify', () => {
  it('answers probabilities that sum to 1, and the logits themselves as scores', async () => {
    const { probabilities, scores, timing } = (await loadTiny()).classify(red);

    expect([...scores]).toEqual([4, 0]);
    expect(probabilities[0]).toBeCloseTo(Math.exp(4) / (Math.exp(4) + 1), 6);
    expect((probabilities[0] ?? 0) + (probabilities[1] ?? 0)).toBeCloseTo(1, 6);
    expect(timing.fitMs).toBeGreaterThanOrEqual(0);
  });

  it('divides the logits by the temperature', async () => {
    const classifier = await loadTiny({ card: { calibration: { temperature: 4 } } });

    expect(classifier.classify(red).probabilities[0]).toBeCloseTo(Math.E / (Math.E + 1), 6);
  });

  it('divides the logits of a model that ends in softmax, named or not', async () => {
    const card = { output: 'softmax', calibration: { temperature: 4 } } as const;
    for (const outputs of [['score', 'logits'], ['score']]) {
      const { probabilities, scores } = (await loadTiny({ final: 'Softmax', outputs, card })).classify(red);
      expect(scores[0]).toBeCloseTo(Math.exp(4) / (Math.exp(4) + 1), 6);
      expect(probabilities[0]).toBeCloseTo(Math.E / (Math.E + 1), 6);
    }
  });

  it('makes two labels of one sigmoid unit', async () => {
    const kernel = [[2], [0], [0]];
    for (const outputs of [['score', 'logits'], ['score']]) {
      const classifier = await loadTiny({ kernel, final: 'Sigmoid', outputs, card: { output: 'sigmoid' } });
      const { probabilities, scores } = classifier.classify(red);
      const expected = 1 / (1 + Math.exp(-2));
      expect(scores[1]).toBeCloseTo(expected, 6);
      expect(probabilities[1]).toBeCloseTo(expected, 6);
      expect(probabilities[0]).toBeCloseTo(1 - expected, 6);
    }
  });

  it('is unsure below the threshold of the card, and below one half where it has none', async () => {
    const grey = fillPixels(1, 1, [130, 128, 0]);
    const kernel = matrix('4 0 4, 0 4 4, 0 0 0');

    const verdictOf = async (options: TinyModelOptions) => (await loadTiny(options)).classify(grey).verdict;

    expect(await verdictOf({ card: { calibration: { temperature: 1, unsureBelow: 0.9 } } })).toBe('unsure');
    expect(await verdictOf({ card: { calibration: { temperature: 0.001, unsureBelow: 1 } } })).toBe('unsure');
    expect(await verdictOf({ card: { calibration: { temperature: 1 } } })).toBe('confident');

    const card = { labels: ['a', 'b', 'c'], calibration: { temperature: 9 } };

    expect(await verdictOf({ kernel, card })).toBe('unsure');
  });

  it.each([red, green])('promises nothing of a model that nobody has calibrated', async (photo) => {
    expect((await loadTiny()).classify(photo).verdict).toBe('uncalibrated');
  });

  it('answers each label by itself where labels are independent, by a threshold of its own', async () => {
    const card = { output: 'sigmoids', calibration: { temperature: 1, unsureBelow: [0.99, 0.9] } } as const;
    const classifier = await loadTiny({ final: 'Sigmoid', card });
    const both = classifier.classify(fillPixels(2, 2, [255, 255, 0]));

    expect([...both.probabilities].map((value) => value.toFixed(3))).toEqual(['0.982', '0.982']);
    expect(classifier.classify(red).verdict).toBe('unsure');
    expect(classifier.classify(green).verdict).toBe('confident');
  });

  it('refuses to answer with a number that is none', async () => {
    const classifier = await loadTiny({ kernel: matrix('3e38 0, 3e38 0, 3e38 0') });

    expect(() => classifier.classify(fillPixels(2, 2, [255, 255, 255]))).toThrow(/infinite or none at all/);
  });

  // One prototype, red; a head that finds green strange. The third feature, blue, is neither.
  const unfamiliar = {
    ...storeUnfamiliarity({
      above: 0.5,
      bias: 0,
      cosineWeight: 1,
      weights: Float32Array.of(0, 2, 1),
      prototypes: Int8Array.of(127, 0, 0),
    }),
  };

  it('is unfamiliar where the features score above the threshold of the card, however sure the label', async () => {
    const classifier = await loadTiny({ card: { calibration: { temperature: 1, unfamiliar } } });

    expect(classifier.classify(red).verdict).toBe('confident');
    expect(classifier.classify(green).verdict).toBe('unfamiliar');
    expect(classifier.measure(red).unfamiliarity).toBeCloseTo(-1, 5);
    expect(classifier.measure(green).unfamiliarity).toBeCloseTo(2, 5);
  });

  it('judges a photo whose features are all zero', async () => {
    const classifier = await loadTiny({ card: { calibration: { temperature: 1, unfamiliar } } });

    expect(classifier.measure(fillPixels(2, 2, [0, 0, 0])).unfamiliarity).toBeCloseTo(0, 5);
  });

  it.each<[string, TinyModelOptions, string]>([
    [
      'of another number of features',
      { kernel: [[1, 2]], card: { input: { ...tinyCard.input, channels: 'grey' } } },
      'is for 3 features; the model has 1 features',
    ],
    ['without features to look at', { outputs: ['score'] }, "names no output 'features'"],
  ])('refuses statistics %s', async (_title, options, message) => {
    const card = { ...options.card, calibration: { temperature: 1, unfamiliar } };

    await expect(loadTiny({ ...options, card })).rejects.toThrow(message);
  });

  it.each([
    [{ ...unfamiliar, above: 'high' }, 'unfamiliar.above'],
    [{ ...unfamiliar, weights: 'AAA=' }, 'unfamiliar.weights'],
    [{ ...unfamiliar, prototypes: 'AAA=' }, 'unfamiliar.prototypes'],
  ])('refuses damaged statistics', async (damaged, key) => {
    const card = { calibration: { temperature: 1, unfamiliar: damaged } };

    await expect(loadTiny({ card })).rejects.toThrow(`'calibration.${key}'`);
  });

  it('leaves the number of tensors as it was, after success and after failure', async () => {
    const classifier = await loadTiny({ outputs: ['score'] });
    classifier.classify(red);
    const { numTensors } = memory();
    for (const photo of [red, green]) classifier.classify(photo);

    expect(() => classifier.classify({ width: 2, height: 2, data: new Uint8Array(3) })).toThrow(RangeError);
    expect(() => classifier.classify(red, { explain: true })).toThrow(ModelError);
    expect(memory().numTensors).toBe(numTensors);
  });
});
