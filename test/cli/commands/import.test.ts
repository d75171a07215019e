import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { registerCheck } from '../../../cli/commands/check.ts';
import { registerImport } from '../../../cli/commands/import.ts';
import { assets } from '../../../function/bundling/assets.ts';
import { load } from '../../../model/classifier.ts';
import { drawParityPhoto } from '../../../model/parity/parity-photo.ts';
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

const importHead = (out: string, ...more: string[]) =>
  lambdaLens('import', join(fixtures, 'head.keras'), '--labels', labels, '--out', out, '--preprocess', 'tf', ...more);

describe('lambda-lens import', () => {
  it('writes a directory that the classifier loads, names its outputs and can explain', async () => {
    const out = join(folder, 'head');

    expect(await importHead(out)).toMatch(
      /WebAssembly and the plain CPU backend alike.*Parity with the original is unknown/,
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

describe('lambda-lens import refuses', () => {
  const units = (count: number, activation: string) => ({
    class_name: 'Dense',
    config: { name: 'scores', units: count, use_bias: false, activation },
  });

  it.each([
    [3, 'sigmoid', /3 independent sigmoids/],
    [1, 'linear', /a single number that is no probability/],
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
