import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseWeights, singleName } from '../../cli/import/choose-weights.ts';
import { describeWeights } from '../../cli/import/describe-import.ts';
import { assets } from '../../function/bundling/assets.ts';
import { GraphBuilder } from '../../importer/graph/graph-builder.ts';
import type { ImportedModel } from '../../importer/import-model.ts';
import { keepSmallKernels } from '../../importer/keep-small-kernels.ts';
import { listHalves, mixPrecisions } from '../../importer/mix-precisions.ts';
import {
  aimOfHalves,
  answerDrawnPhotos,
  largestMoveOfHalves,
  measureStoredPrecision,
} from '../../importer/stored-precision.ts';
import { writeModelDirectory } from '../../importer/write-model-directory.ts';

const folder = mkdtempSync(join(tmpdir(), 'kept-kernels-'));
const labels = Array.from({ length: 400 }, (_, at) => `label ${at}`);
const way = { channels: 'rgb', resize: 'bilinear', fit: 'stretch', scale: 1 / 255, offset: 0 } as const;
const card = { name: 'kept', labels, input: { width: 8, height: 8, ...way }, output: 'logits' } as const;

afterAll(() => rmSync(folder, { recursive: true }));

/** A small kernel whose numbers differ in the last bits of a half float, and a large one of what a half float holds. */
function makeModel(smallStep: number): ImportedModel {
  const builder = new GraphBuilder();
  const input = builder.input('photo', [1, 8, 8, 3]);
  const mean = builder.reduce('Mean', input, [1, 2], false);
  const small = Float32Array.from({ length: 9 }, (_, at) => 1000 + at * smallStep);
  const large = Float32Array.from({ length: 3 * labels.length }, (_, at) => ((at * 7) % 5) - 2);
  // Each column sums to nothing, so that what all three numbers have in common is lost.
  for (let column = 0; column < labels.length; column++) {
    large[2 * labels.length + column] = -((large[column] as number) + (large[labels.length + column] as number));
  }
  const inner = builder.matMul(mean, builder.constant('small', small, [3, 3]));
  const score = builder.matMul(inner, builder.constant('large', large, [3, labels.length]));
  return {
    graph: { input, outputs: { score } },
    head: { kernel: undefined, bias: undefined, pooling: undefined, isLinearInMap: false },
    output: 'logits',
    input: { width: 8, height: 8, channels: 3 },
    outputs: labels.length,
    architectures: [],
    madeWith: 'a test',
  } as unknown as ImportedModel;
}

async function writeBoth(name: string, model: ImportedModel) {
  const [half, single, target] = ['half', 'single', 'target'].map((kind) => join(folder, `${name}-${kind}`)) as [
    string,
    string,
    string,
  ];
  for (const directory of [half, single, target]) mkdirSync(directory);
  await writeModelDirectory(half, model, { card, weights: 'float16' });
  await writeModelDirectory(single, model, { card, weights: 'float32' });
  return { precisions: { half, single }, target, exact: await answerDrawnPhotos(single, assets) };
}

describe('half floats that move answers too far', () => {
  let both: Awaited<ReturnType<typeof writeBoth>>;
  beforeAll(async () => {
    both = await writeBoth('sensitive', makeModel(0.2));
  });

  it('stay those of the large kernel alone', async () => {
    const { precisions, target, exact } = both;

    const mixed = await keepSmallKernels(target, precisions, card, { exact, engine: assets });

    expect(await measureStoredPrecision(precisions.half, exact, assets)).toBeGreaterThan(largestMoveOfHalves);
    expect(mixed).toMatchObject({ kept: 1, kernels: 2 });
    expect(mixed?.moved).toBeLessThanOrEqual(largestMoveOfHalves);
    const size = statSync(join(target, 'weights.bin')).size;
    expect(mixed?.written.weightsInBytes).toBe(size);
    // Nine numbers take two bytes more each.
    expect(size).toBe(statSync(join(precisions.half, 'weights.bin')).size + 18);
    expect(await measureStoredPrecision(target, exact, assets)).toBe(mixed?.moved);
  });

  it('can be any of the kernels, and all in single precision make the other file', async () => {
    const { precisions } = both;
    const target = join(folder, 'all');
    mkdirSync(target);
    const names = new Set(listHalves(precisions).map(({ name }) => name));

    await mixPrecisions(target, precisions, names);

    for (const file of ['weights.bin', 'model.json']) {
      expect(readFileSync(join(target, file))).toEqual(readFileSync(join(precisions.single, file)));
    }
    expect(names.size).toBe(2);
    expect(existsSync(join(target, 'card.json'))).toBe(false);
  });
});

describe('half floats that the drawn photos let pass, and others may not', () => {
  it('are kept of the large kernel alone, unless they are asked for', async () => {
    const model = makeModel(32.1);
    const chosen = await Promise.all(
      ([undefined, 'float16'] as const).map(async (asked) => {
        const staging = join(folder, `passing-${asked}`);
        mkdirSync(join(staging, singleName), { recursive: true });
        const written = await writeModelDirectory(staging, model, { card, weights: 'float16' });
        const single = await writeModelDirectory(join(staging, singleName), model, { card, weights: 'float32' });
        return await chooseWeights(staging, { written, single }, way, asked);
      }),
    );

    const [own, asked] = chosen;
    expect(asked?.moved).toBeGreaterThan(aimOfHalves);
    expect(asked?.moved).toBeLessThan(largestMoveOfHalves);
    expect(asked?.keptSingle).toBeUndefined();
    expect(own).toMatchObject({ weights: 'float16', keptSingle: { number: 1, of: 2 } });
    expect(own?.moved).toBeLessThanOrEqual(aimOfHalves);
  });
});

describe('what an import says of its weights', () => {
  it.each([
    [{ weights: 'float16', movedByWeights: 0.0004 }, {}, /^Stored as float16, weights move answers by at most 0.04 %/],
    [
      { weights: 'float16', movedByWeights: 0.0015, keptSingle: { number: 12, of: 53 } },
      {},
      /^Stored as float16 \(the smallest 12 of 53 kernels as float32\), weights move answers by at most 0.15 %/,
    ],
    [
      { weights: 'float32', movedByWeights: 0.03 },
      {},
      /^Weights stay as they are: .* by 3 % of their range, more than 0.2 %/,
    ],
    [{ weights: 'float16', movedByWeights: 0.03 }, { weights: 'float16' }, /--weights float32 would not/],
  ] as const)('is which stayed, and how far they move answers', (result, options, words) => {
    expect(describeWeights(result, options).join('\n')).toMatch(words);
  });
});
