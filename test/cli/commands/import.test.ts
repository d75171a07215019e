import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import jpeg from 'jpeg-js';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { registerCheck } from '../../../cli/commands/check.ts';
import { registerImport } from '../../../cli/commands/import.ts';
import { assets } from '../../../function/bundling/assets.ts';
import { parseCard } from '../../../model/card/parse-card.ts';
import { load } from '../../../model/classifier.ts';
import { fitPhoto } from '../../../model/fit/fit-photo.ts';
import { drawParityPhoto } from '../../../model/parity/parity-photo.ts';
import { fillPixels } from '../../helpers/tiny-model.ts';
import { buildKerasFile, sequentialConfig } from '../../importer/build-model-file.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/import');
const folder = mkdtempSync(join(tmpdir(), 'import-command-'));
const labels = join(folder, 'labels.txt');
writeFileSync(labels, 'hat\npants\nshirt\nshoes\n');
let output = '';

beforeEach(() => {
  output = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function lambdaLens(...line: string[]): Promise<string> {
  const program = new Command().exitOverride();
  registerImport(program);
  registerCheck(program);
  await program.parseAsync(line, { from: 'user' });
  return output;
}

function solidJpeg(side: number, [red, green, blue]: readonly [number, number, number]): Buffer {
  const data = Buffer.alloc(side * side * 4, Buffer.of(red, green, blue, 255));
  return jpeg.encode({ data, width: side, height: side }, 95).data;
}

const units = (count: number, activation: string) => ({
  class_name: 'Dense',
  config: { name: 'scores', units: count, use_bias: false, activation },
});

const importHead = (out: string, ...more: string[]) =>
  lambdaLens('import', join(fixtures, 'head.keras'), '--labels', labels, '--out', out, '--preprocess', 'tf', ...more);

describe('lambda-lens import', () => {
  it('writes a directory that the classifier loads, names its outputs and can explain', async () => {
    const out = join(folder, 'head');

    expect(await importHead(out)).toMatch(
      /WebAssembly and the plain CPU backend agree.*\n.*\n.*\n.*"uncalibrated".*\n.*calibrate/,
    );
    expect(readdirSync(out).sort()).toEqual(['card.json', 'model.json', 'weights.bin']);

    const model = JSON.parse(readFileSync(join(out, 'model.json'), 'utf8'));

    expect(Object.keys(model.signature.outputs)).toEqual(['score', 'logits', 'features', 'map']);
    expect(model.userDefinedMetadata.lambdaLens.head).toMatchObject({ pooling: 'average', isLinearInMap: true });

    const classifier = await load(out, assets);
    const { probabilities } = classifier.classify(drawParityPhoto({ kind: 'discs', width: 30, height: 20, seed: 1 }));

    expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    expect([classifier.card.labels, classifier.canExplain]).toEqual([['hat', 'pants', 'shirt', 'shoes'], true]);

    classifier.dispose();
  });

  it('explains a model that ends in a convolution of one pixel', async () => {
    const out = join(folder, 'convolution');
    const file = join(fixtures, 'head-of-convolution.keras');
    await lambdaLens('import', file, '--labels', labels, '--out', out, '--preprocess', 'tf');
    const classifier = await load(out, assets);
    const photo = drawParityPhoto({ kind: 'discs', width: 30, height: 20, seed: 1 });

    expect(classifier.classify(photo, { explain: true }).explanation?.grid.length).toBe(7);

    classifier.dispose();
  });

  it('records how far its answers are from those of parity.json, and prints it as JSON', async () => {
    const out = join(folder, 'parity');
    await importHead(out, '--weights', 'float32');
    const classifier = await load(out, assets);
    const recipe = { kind: 'garment', width: 40, height: 30, seed: 2 } as const;
    const scores = [...classifier.measure(drawParityPhoto(recipe)).scores];
    classifier.dispose();
    const photos = [{ name: 'garment', recipe, scores, input: { samples: [] } }];
    const parity = join(folder, 'parity.json');
    writeFileSync(parity, JSON.stringify({ format: 1, madeWith: 'keras 3', photos }));
    output = '';

    const printed = JSON.parse(await importHead(out, '--parity', parity, '--json'));

    expect(printed.verification).toMatchObject({ against: 'recorded answers', photos: 1, sameFirstLabels: true });
    expect(printed.verification.largestDifference).toBeLessThan(2e-3);
    expect(JSON.parse(readFileSync(join(out, 'card.json'), 'utf8')).metrics.verification).toEqual(printed.verification);

    const other = [{ name: 'garment', recipe, scores: scores.toReversed(), input: { samples: [] } }];
    writeFileSync(parity, JSON.stringify({ format: 1, madeWith: 'keras 3', photos: other }));
    const before = readFileSync(join(out, 'parity.json'), 'utf8');

    await expect(importHead(out, '--parity', parity)).rejects.toThrow(/answers unlike the original/);
    expect(readFileSync(join(out, 'parity.json'), 'utf8')).toBe(before);

    const pixels = [{ name: 'garment', recipe, scores, input: { samples: [[0, 200]] } }];
    writeFileSync(parity, JSON.stringify({ format: 1, madeWith: 'keras 3', photos: pixels }));

    await expect(importHead(out, '--parity', parity)).rejects.toThrow(/recorded with other pixels/);
  });

  it('asks how the model wants its pixels where the file does not tell', async () => {
    const line = ['import', join(fixtures, 'head.keras'), '--labels', labels, '--out', join(folder, 'unknown')];

    await expect(lambdaLens(...line)).rejects.toThrow(/does not tell how the model wants its pixels/);
    expect(readdirSync(folder)).not.toContain('unknown');
  });

  it('takes a grey model of one sigmoid unit for two labels', async () => {
    const two = join(folder, 'two.txt');
    writeFileSync(two, 'cat\ndog\n');
    const out = join(folder, 'sigmoid');

    await lambdaLens(
      'import',
      join(fixtures, 'sigmoid-unit.keras'),
      '--labels',
      two,
      '--out',
      out,
      '--scale',
      '0.00392157',
    );

    expect(JSON.parse(readFileSync(join(out, 'card.json'), 'utf8'))).toMatchObject({
      output: 'sigmoid',
      input: { channels: 'grey', scale: 0.00392157, offset: 0, width: 8, height: 9 },
    });
  });
});

const pixels = join(fixtures, 'pixels');
const importPixels = (name: string, names: readonly string[], ...more: string[]) => {
  const list = join(folder, `${name}.labels.txt`);
  writeFileSync(list, names.join('\n'));
  return lambdaLens('import', join(pixels, name), '--labels', list, '--out', join(folder, name), ...more);
};

describe('the output of a model', () => {
  it('is flattened where it has axes of length 1', async () => {
    await importPixels('convolutional-head.keras', ['a', 'b', 'c', 'd', 'e']);

    const classifier = await load(join(folder, 'convolutional-head.keras'), assets);
    expect(classifier.classify(fillPixels(9, 9, [9, 99, 199])).scores.length).toBe(5);
    classifier.dispose();
  });

  it('is asked about where it is one logit, and served as two labels', async () => {
    await expect(importPixels('binary-logit.keras', ['dark', 'bright'])).rejects.toThrow(/no probability/);

    await importPixels('binary-logit.keras', ['dark', 'bright'], '--output-activation', 'sigmoid');
    const classifier = await load(join(folder, 'binary-logit.keras'), assets);
    const [dark = 0, bright = 0] = classifier.classify(fillPixels(9, 9, [230, 230, 230])).probabilities;
    expect(dark + bright).toBeCloseTo(1, 6);
    expect(bright).toBeGreaterThan(0.9);
    classifier.dispose();
  });

  it('may be several labels at once, where the owner says so', async () => {
    const names = ['red', 'green', 'blue'];
    await expect(importPixels('several-labels.keras', names)).rejects.toThrow(/3 independent sigmoids/);

    await importPixels('several-labels.keras', names, '--output-activation', 'sigmoid-each');
    const classifier = await load(join(folder, 'several-labels.keras'), assets);
    expect(classifier.card.output).toBe('sigmoids');
    const probabilities = [...classifier.classify(fillPixels(9, 9, [255, 0, 255])).probabilities];
    expect(probabilities.map((value) => value > 0.9)).toEqual([true, false, true]);
    classifier.dispose();
  });

  it('is not given a second activation', async () => {
    const line = importHead(join(folder, 'twice'), '--output-activation', 'sigmoid-each');
    await expect(line).rejects.toThrow(/ends in a softmax/);
  });
});

describe('labelled photos', () => {
  const photos = join(folder, 'photos');
  const shades = { dark: 20, middle: 128, bright: 240 };
  for (const [label, shade] of Object.entries(shades)) {
    mkdirSync(join(photos, label), { recursive: true });
    for (let at = 0; at < 8; at++) {
      writeFileSync(join(photos, label, `${at}.jpg`), solidJpeg(20 + at, [shade + at, shade, shade - at]));
    }
  }
  const names = Object.keys(shades);

  it('say how many come out right', async () => {
    expect(await importPixels('brightness-rescaling.keras', names, '--photos', photos)).toContain(
      'Photos: 24 of 24 right with --preprocess none.',
    );
  });

  it('say which way is better than the one that was given', async () => {
    const text = await importPixels('brightness-plain.keras', names, '--preprocess', 'none', '--photos', photos);

    expect(text).toMatch(/Photos: 8 of 24 right with --preprocess none; with --scale 0.00392157 24 of 24/);
  });

  it('settle what the file does not tell', async () => {
    const text = await importPixels('brightness-plain.keras', names, '--photos', photos);

    expect(text).toMatch(/Pixels: --scale 0.00392157, because labelled photos come out right most often so/);
    const card = parseCard(readFileSync(join(folder, 'brightness-plain.keras', 'card.json'), 'utf8'));
    expect(card.input.scale).toBe(1 / 255);
  });
});

describe('answers that a preprocessing of the owner recorded', () => {
  const recipes = [
    { kind: 'gradient', width: 40, height: 30, seed: 1 },
    { kind: 'discs', width: 40, height: 50, seed: 2 },
    { kind: 'noise', width: 40, height: 50, seed: 3 },
  ] as const;
  const names = ['dark', 'middle', 'bright'];

  /** As a program writes them that divides by 255, and smooths noise away. */
  async function record(): Promise<string> {
    await importPixels('brightness-plain.keras', names, '--scale', '0.00392157');
    const classifier = await load(join(folder, 'brightness-plain.keras'), assets);
    const photos = recipes.map((recipe) => {
      const photo = drawParityPhoto(recipe);
      const values = fitPhoto(photo, classifier.card.input);
      const samples = Array.from({ length: 24 }, (_, at) => [at * 70, recipe.kind === 'noise' ? 0.5 : values[at * 70]]);
      return { name: recipe.kind, recipe, scores: [...classifier.measure(photo).scores], input: { samples } };
    });
    classifier.dispose();
    const path = join(folder, 'own.json');
    writeFileSync(path, JSON.stringify({ format: 1, madeWith: 'keras 3', pixels: 'own', photos }));
    return path;
  }

  it('agree with the right scale', async () => {
    const parity = await record();

    const text = await importPixels('brightness-plain.keras', names, '--scale', '0.00392157', '--parity', parity);

    expect(text).toMatch(/Compared with keras 3 on 2 drawn photos, from the photo on with your own preprocessing/);
  });

  it.each(['tf', 'none'])('show that %s is the wrong one', async (mode) => {
    const parity = await record();

    const line = importPixels('brightness-plain.keras', names, '--preprocess', mode, '--parity', parity);

    await expect(line).rejects.toThrow(/Your own preprocessing makes other pixels: they run from 0/);
  });
});

describe('an import over a model that has been measured', () => {
  const out = join(folder, 'measured');
  const calibration = { temperature: 2, unsureBelow: 0.8 };

  async function importCalibrated(): Promise<string> {
    rmSync(out, { recursive: true, force: true });
    await importHead(out);
    const path = join(out, 'card.json');
    const card = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...card, calibration, metrics: { evaluation: { accuracy: 1 } } }));
    writeFileSync(join(out, 'README.md'), 'figures');
    return path;
  }

  it('keeps what was measured where the model is the same', async () => {
    const path = await importCalibrated();
    await importHead(out);

    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      calibration,
      metrics: { evaluation: { accuracy: 1 } },
    });
    expect(readFileSync(join(out, 'README.md'), 'utf8')).toBe('figures');
  });

  it('is refused where its pixels differ, and says so', async () => {
    const path = await importCalibrated();
    const line = () => importHead(out, '--preprocess', 'none');

    await expect(line()).rejects.toThrow(/its calibration and what "evaluate" measured.*has other input/);
    expect(JSON.parse(readFileSync(path, 'utf8')).calibration).toEqual(calibration);
    await importHead(out, '--preprocess', 'none', '--force');
    expect(JSON.parse(readFileSync(path, 'utf8'))).not.toHaveProperty('calibration');
  });
});

describe('how weights are stored', () => {
  it('is measured, and half floats that move answers too far are not taken', async () => {
    const config = sequentialConfig([
      { class_name: 'GlobalAveragePooling2D', config: { name: 'mean' } },
      units(3, 'linear'),
    ]);
    // Weights that differ in the last bits of a half float only, which is all that tells the labels apart.
    const weights = Float32Array.from({ length: 9 }, (_, at) => 1000 + at * 0.2);
    const file = join(folder, 'close.keras');
    writeFileSync(file, await buildKerasFile(config, (group) => {
      const vars = group.create_group('layers').create_group('dense').create_group('vars');
      vars.create_dataset({ name: '0', data: weights, shape: [3, 3] });
    })); // biome-ignore format: one thought
    const three = join(folder, 'three.txt');
    writeFileSync(three, 'a\nb\nc\n');
    const line = ['import', file, '--labels', three, '--preprocess', 'tf', '--out'];

    expect(await lambdaLens(...line, join(folder, 'close'))).toMatch(/Weights stay as they are.*more than 0.5 %/);
    output = '';
    expect(await lambdaLens(...line, join(folder, 'halved'), '--weights', 'float16')).toMatch(
      /move answers by up to .*--weights float32 would not/,
    );
  });
});

describe('lambda-lens import refuses', () => {
  it.each([
    [3, 'sigmoid', /3 independent sigmoids/],
    [1, 'linear', /a single number that is no probability/],
    [2, 'sigmoid', /--output-activation sigmoid-each|independent sigmoids/],
  ])('a model of %i outputs that ends in %s', async (count, activation, message) => {
    const file = join(folder, 'refused.keras');
    const config = sequentialConfig([
      { class_name: 'GlobalAveragePooling2D', config: { name: 'mean' } },
      units(count, activation),
    ]);
    const bytes = await buildKerasFile(config, (weights) => {
      const vars = weights.create_group('layers').create_group('dense').create_group('vars');
      vars.create_dataset({ name: '0', data: new Float32Array(3 * count).fill(0.5), shape: [3, count] });
    });
    writeFileSync(file, bytes);
    const line = ['import', file, '--labels', labels, '--out', join(folder, 'refused'), '--preprocess', 'none'];

    await expect(lambdaLens(...line)).rejects.toThrow(message);
  });
});

describe('lambda-lens check', () => {
  it('lists the layers, what is folded, the sums and the sizes', async () => {
    const text = await lambdaLens('check', join(fixtures, 'head.keras'));

    expect(text).toMatch(/^batch_normalization +BatchNormalization +24 +folded$/m);
    expect(text).toMatch(/^total +6 layers +214 +3264$/m);
    expect(text).toMatch(/This machine \d+ ms.*\nLambda +memoryInMb \d+; about \d+ ms, estimated.*not measured/);
    expect(process.exitCode).toBeUndefined();
  });

  it('names every unsupported layer, and exits with 1', async () => {
    const file = join(folder, 'odd.keras');
    const odd = (name: string) => ({ class_name: 'Odd', config: { name } });
    writeFileSync(
      file,
      await buildKerasFile(
        sequentialConfig([odd('one'), { class_name: 'ReLU', config: { name: 'relu' } }, odd('two')]),
      ),
    );

    const result = JSON.parse(await lambdaLens('check', '--json', file));

    expect(result).toMatchObject({ supported: false, problem: { message: expect.stringContaining('"one" (Odd)') } });
    expect(result.layers.map(({ fate }: { fate: string }) => fate)).toEqual(['unsupported', 'unknown', 'unsupported']);
    expect(process.exitCode).toBe(1);
  });
});
