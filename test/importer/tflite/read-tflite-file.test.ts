import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { orderNodes } from '../../../importer/graph/graph-order.ts';
import { nameOutputs } from '../../../importer/graph/name-outputs.ts';
import { optimiseGraph } from '../../../importer/graph/optimise-graph.ts';
import { ImportError } from '../../../importer/import-error.ts';
import type { LayerReport, ReadOptions } from '../../../importer/model-reader.ts';
import { readModel } from '../../../importer/read-model.ts';
import { type Backend, runGraph } from '../run-graph.ts';

interface Expected {
  /** What LiteRT answers. */
  readonly answer: readonly number[];
  /** What the Keras model answers that the file was made of. */
  readonly keras?: readonly number[];
}

const fixtures = join(import.meta.dirname, '../../fixtures/import/tflite');
const folder = mkdtempSync(join(tmpdir(), 'tflite-'));
const fileOf = (name: string) => join(fixtures, `${name}.tflite`);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function expectedOf(name: string): Expected {
  return JSON.parse(readFileSync(join(fixtures, `${name}.json`), 'utf8'));
}

async function graphOf(name: string, options: ReadOptions = {}) {
  const { input, score } = await readModel(fileOf(name), options);
  return optimiseGraph(nameOutputs(input, score));
}

/** The picture that test/fixtures/import/tflite/make.py showed LiteRT. */
const picture = Float32Array.from({ length: 12 * 10 * 3 }, (_, at) => (7 * at + 3 * Math.floor(at / 5)) % 256);

async function answerOf(name: string, backend: Backend): Promise<number[]> {
  const { values } = await runGraph(await graphOf(name), picture, backend);
  return Array.from(values);
}

const largestDifference = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((value, index) => Math.abs(value - (b[index] as number))));

describe.each<Backend>(['cpu', 'wasm'])('a .tflite file on the %s backend', (backend) => {
  it.each([
    'everything',
    'float16',
    'choices',
    'batch-space-0',
    'batch-space-2',
  ])('answers as LiteRT does: %s', async (name) => {
    const { answer } = expectedOf(name);

    const own = await answerOf(name, backend);

    expect(own.length).toBe(answer.length);
    expect(largestDifference(own, answer)).toBeLessThan(1e-6);
  });

  it('answers with whole-number weights about as Keras does with its own, nearer than LiteRT', async () => {
    const { answer, keras = [] } = expectedOf('int8');

    const own = largestDifference(await answerOf('int8', backend), keras);

    expect(own).toBeLessThan(1e-3);
    expect(own).toBeLessThan(largestDifference(answer, keras));
  });
});

describe('a .tflite file', () => {
  it.each([
    'batch-space-0',
    'everything',
  ])('loses its detour through batches for a dilated convolution: %s', async (name) => {
    const operations = orderNodes(await graphOf(name));

    expect(operations.map(({ op }) => op)).not.toContain('SpaceToBatchND');
    expect(operations.some(({ window }) => window?.dilations[0] === 2)).toBe(true);
  });

  it('pads a dilated convolution instead of cutting its result, where both come to the same', async () => {
    expect(orderNodes(await graphOf('batch-space-2')).map(({ op }) => op)).not.toContain('Slice');
  });

  it('computes the shapes of its tensors beforehand', async () => {
    const operations = new Set(orderNodes(await graphOf('everything')).map(({ op }) => op));
    for (const op of ['Shape', 'Pack', 'StridedSlice', 'GatherV2']) expect(operations).not.toContain(op);
  });

  it('tells of its operators, and counts their weights', async () => {
    let reports: readonly LayerReport[] = [];

    await graphOf('batch-space-0', {
      onLayers: (layers) => {
        reports = layers;
      },
    });

    expect(reports.map(({ className }) => className)).toEqual([
      'SPACE_TO_BATCH_ND',
      'CONV_2D',
      'TANH',
      'BATCH_TO_SPACE_ND',
      'MEAN',
    ]);
    expect(reports[1]?.parameters).toBe(3 * 3 * 3 * 4 + 4);
    expect(reports.every(({ problem }) => problem === undefined)).toBe(true);
  });

  it('is refused with the name and place of an operator that is not known', async () => {
    const bytes = readFileSync(fileOf('batch-space-0'));
    // The code of TANH (28) stands in an old and a new field; both become HASHTABLE_LOOKUP's (10).
    const places = [...bytes.entries()].filter(([, value]) => value === 28).map(([at]) => at);
    const pairs = places.flatMap((a, index) => places.slice(index + 1).map((b) => [a, b] as const));
    const refusals: (Error | undefined)[] = [];

    for (const [a, b] of pairs) refusals.push(await refusalOf(withByte(withByte(bytes, a, 10), b, 10)));

    expect(refusals.some((error) => error?.message.includes('HASHTABLE_LOOKUP at hashtable_lookup_2'))).toBe(true);
  });

  it.each([0.1, 0.5, 0.9, 0.99])('cut off after %d of its length is an error', async (share) => {
    const bytes = readFileSync(fileOf('float16'));

    expect(await refusalOf(bytes.subarray(0, Math.floor(bytes.length * share)))).toBeInstanceOf(ImportError);
  });

  it('with any byte changed is read, or refused in words', async () => {
    const bytes = readFileSync(fileOf('batch-space-0'));
    for (let at = 8; at < bytes.length; at += 3) {
      const error = await refusalOf(withByte(bytes, at, (bytes[at] as number) ^ 0xff));
      if (error !== undefined) expect(error, `byte ${at}: ${error.stack}`).toBeInstanceOf(ImportError);
    }
  });
});

function withByte(bytes: Buffer, at: number, value: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = value;
  return changed;
}

async function refusalOf(bytes: Uint8Array): Promise<Error | undefined> {
  const file = join(folder, 'changed.tflite');
  writeFileSync(file, bytes);
  try {
    await readModel(file, {});
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
