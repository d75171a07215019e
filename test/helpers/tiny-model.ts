import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Card } from '../../model/card/card.ts';
import { matrix } from './matrix.ts';

/** What {@link writeTinyModel} can be told; the default tells whether red or green is brighter, from 4 × 4 pixels. */
export interface TinyModelOptions {
  readonly card?: Partial<Card>;
  /** Rows of one weight a unit, one row a channel. */
  readonly kernel?: readonly (readonly number[])[];
  readonly final?: 'none' | 'Softmax' | 'Sigmoid';
  /** Which outputs have names; all by default. */
  readonly outputs?: readonly string[];
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

export const tinyCard: Card = {
  name: 'tiny',
  version: '1',
  labels: ['red', 'green'],
  input: { width: 4, height: 4, channels: 'rgb', resize: 'nearest', fit: 'stretch', scale: 1 / 255, offset: 0 },
  output: 'logits',
};

/**
 * Writes a model directory of a few hundred bytes into a new temporary folder and returns its path: pixels, their mean
 * over all places, one dense layer without bias, and a final activation where asked for.
 */
export function writeTinyModel(options: TinyModelOptions = {}): string {
  const { kernel = matrix('4 0, 0 4, 0 0'), final = 'none' } = options;
  const units = kernel[0]?.length ?? 0;
  const float = { type: 'DT_FLOAT' };
  const nodes = [
    { name: 'photo', op: 'Placeholder', attr: { dtype: float, shape: toShape([-1, 4, 4, kernel.length]) } },
    { name: 'map', op: 'Relu', input: ['photo'], attr: { T: float } },
    { name: 'axes', op: 'Const', attr: { dtype: { type: 'DT_INT32' } } },
    { name: 'features', op: 'Mean', input: ['map', 'axes'], attr: { keep_dims: { b: false } } },
    { name: 'kernel', op: 'Const', attr: { dtype: float } },
    { name: 'logits', op: 'MatMul', input: ['features', 'kernel'], attr: { transpose_a: { b: false } } },
    { name: 'score', op: final === 'none' ? 'Identity' : final, input: ['logits'], attr: { T: float } },
  ];
  const outputs = options.outputs ?? ['score', 'logits', 'features', 'map'];
  const modelJson = {
    format: 'graph-model',
    modelTopology: { node: nodes, library: {}, versions: { producer: 1 } },
    signature: {
      inputs: { photo: { name: 'photo' } },
      outputs: Object.fromEntries(outputs.map((name) => [name, { name }])),
    },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: [
          { name: 'axes', shape: [2], dtype: 'int32' },
          { name: 'kernel', shape: [kernel.length, units], dtype: 'float32' },
        ],
      },
    ],
  };
  const weights = Buffer.concat([
    Buffer.from(Int32Array.of(1, 2).buffer),
    Buffer.from(Float32Array.from(kernel.flat()).buffer),
  ]);
  return writeModelDirectory({
    'model.json': JSON.stringify(modelJson),
    'weights.bin': weights,
    'card.json': JSON.stringify({
      ...tinyCard,
      version: versionOf(options.files?.['weights.bin'] ?? weights),
      ...options.card,
    }),
    ...options.files,
  });
}

/** A picture of one colour. */
export function fillPixels(width: number, height: number, colour: readonly [number, number, number]) {
  return { width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, at) => colour[at % 3] as number) };
}

/** Of weights.bin, as card.json has it. */
function versionOf(weights: string | Uint8Array): string {
  return createHash('sha256').update(weights).digest('hex').slice(0, 12);
}

const written: string[] = [];
process.once('exit', () => {
  for (const directory of written) rmSync(directory, { recursive: true, force: true });
});

function writeModelDirectory(files: Readonly<Record<string, string | Uint8Array>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'lambda-lens-model-'));
  written.push(directory);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  return directory;
}

function toShape(sizes: readonly number[]) {
  return { shape: { dim: sizes.map((size) => ({ size: String(size) })) } };
}
