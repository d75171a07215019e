import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assets } from '../../../function/bundling/assets.ts';
import { load } from '../../../model/classifier.ts';
import { drawParityPhoto } from '../../../model/parity/parity-photo.ts';
import { fillPixels } from '../../helpers/tiny-model.ts';
import { buildKerasFile, sequentialConfig } from '../../importer/build-model-file.ts';
import { fixtures, folder, importHead, importPixels, labels, lambdaLens, units } from './import-line.ts';

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

    await expect(line()).rejects.toThrow(/its calibration and what "evaluate" measured.*has other (\w+, )*input/);
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
    const bytes = await buildKerasFile(config, (group) => {
      const vars = group.create_group('layers').create_group('dense').create_group('vars');
      vars.create_dataset({ name: '0', data: weights, shape: [3, 3] });
    });
    writeFileSync(file, bytes);
    const three = join(folder, 'three.txt');
    writeFileSync(three, 'a\nb\nc\n');
    const line = ['import', file, '--labels', three, '--preprocess', 'tf', '--out'];

    expect(await lambdaLens(...line, join(folder, 'close'))).toMatch(/Weights stay as they are.*more than 0.2 %/);
    expect(await lambdaLens(...line, join(folder, 'halved'), '--weights', 'float16')).toMatch(
      /move answers by at most .*--weights float32 would not/,
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
