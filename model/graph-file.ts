import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { io } from '@tensorflow/tfjs-core';
import { expandHalfFloats } from './expand-half-floats.ts';
import { ModelError } from './model-error.ts';

const weightsFileName = 'weights.bin';
const versionLength = 12;
const bytesByType: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  uint16: 2,
  float16: 2,
  uint8: 1,
  bool: 1,
};

/** A node of a graph model's topology, as far as this project reads it. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
}

/** A TF.js graph model as it lies in a model directory, not yet loaded. */
export interface GraphFile {
  readonly artifacts: io.ModelArtifacts;
  readonly nodes: readonly GraphNode[];
  /** The node that each named output stands for. */
  readonly outputs: ReadonlyMap<string, string>;
  /** First 12 hexadecimal digits of the SHA-256 of weights.bin. */
  readonly version: string;
}

interface ModelJson {
  readonly modelTopology: { readonly node: readonly GraphNode[] };
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: io.WeightsManifestEntry[];
  }[];
  readonly signature?: { readonly outputs?: Readonly<Record<string, { readonly name: string }>> };
}

/** Reads model.json and weights.bin. Throws a ModelError of reason `unreadable`, or `unsupported` for another layout. */
export async function readGraphFile(directory: string): Promise<GraphFile> {
  const [text, weights] = await Promise.all([
    readModelFile(directory, 'model.json'),
    readModelFile(directory, weightsFileName),
  ]);
  const json = parseModelJson(text.toString('utf8'));
  const weightSpecs = json.weightsManifest.flatMap((group) => group.weights);
  checkWeights(json, weightSpecs, weights.length);
  const outputs = Object.entries(json.signature?.outputs ?? {});
  return {
    artifacts: {
      modelTopology: json.modelTopology,
      ...expandHalfFloats(weightSpecs, weights, countBytes),
      ...(json.signature !== undefined && { signature: json.signature }),
    },
    nodes: json.modelTopology.node,
    outputs: new Map(outputs.map(([name, tensor]) => [name, tensor.name])),
    version: createHash('sha256').update(weights).digest('hex').slice(0, versionLength),
  };
}

/** A file of a model directory, or a ModelError that names it. */
export async function readModelFile(directory: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(directory, name));
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'has no' : 'has an unreadable';
    throw new ModelError('unreadable', `The model directory ${directory} ${why} ${name}.`, { cause });
  }
}

function parseModelJson(text: string): ModelJson {
  let json: Partial<ModelJson>;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ModelError('unreadable', `model.json is not JSON: ${(cause as Error).message}.`, { cause });
  }
  if (!Array.isArray(json?.modelTopology?.node) || !Array.isArray(json.weightsManifest)) {
    throw new ModelError(
      'unsupported',
      'model.json is not a TF.js graph model: it has no nodes or no weights manifest.',
    );
  }
  return json as ModelJson;
}

function checkWeights(json: ModelJson, specs: readonly io.WeightsManifestEntry[], sizeInBytes: number): void {
  const otherPath = json.weightsManifest.flatMap((group) => group.paths).find((path) => path !== weightsFileName);
  if (otherPath !== undefined) {
    throw new ModelError('unsupported', `model.json keeps weights in ${otherPath}; only ${weightsFileName} is read.`);
  }
  const expected = specs.reduce((sum, spec) => sum + countBytes(spec), 0);
  if (expected !== sizeInBytes) {
    const numbers = `${sizeInBytes} bytes, but model.json describes ${expected}`;
    throw new ModelError(
      'mismatch',
      `${weightsFileName} has ${numbers}: one of the two is damaged or of another model.`,
    );
  }
}

function countBytes({ name, shape, dtype, quantization }: io.WeightsManifestEntry): number {
  const type = quantization?.dtype ?? dtype;
  const bytes = bytesByType[type];
  if (bytes === undefined) throw new ModelError('unsupported', `model.json has weights of type ${type} at '${name}'.`);
  return shape.reduce((product, size) => product * size, bytes);
}
