import { parseJson } from '../../files/parse-json.ts';
import type { Card } from '../card/card.ts';
import { ModelError } from '../model-error.ts';
import { readModelFile, shortestJsonLookedAt, useModelFile } from '../model-file.ts';
import { type WeightBytes, WeightsFile } from './weights-file.ts';

export const weightsFileName = 'weights.bin';
const bytesByType: ReadonlyMap<string, number> = new Map([
  ['float32', 4],
  ['int32', 4],
  ['uint16', 2],
  ['float16', 2],
  ['uint8', 1],
  ['bool', 1],
]);
/** A node of a graph model's topology, as far as this project reads it. */
export interface StoredNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  /** TensorFlow's AttrValue as JSON: 64-bit numbers are strings, byte strings are base64. */
  readonly attr?: Readonly<Record<string, unknown>>;
}

/** A weight's entry in model.json: what it is to the graph, and how it is stored where that differs. */
export interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string; readonly scale?: number; readonly min?: number };
}

/** What tells the files of a model directory from any other's. */
export interface GraphVersions {
  /** What `version` of a card that belongs to these weights holds. */
  readonly weightsVersion: string;
  /** The SHA-256 of model.json and weights.bin, in hexadecimal digits. */
  readonly digest: string;
  /** The version of the whole with a card: see `modelVersion`. */
  readonly versionWith: (card: Card) => string;
}

/** Finds them in a directory's weights.bin; `modelJson` are the bytes of its model.json. */
export type FindVersions = (directory: string, entries: readonly WeightEntry[], modelJson: Uint8Array) => GraphVersions;

/** A TF.js graph model as it lies in a model directory, not yet loaded. */
export interface GraphFile extends GraphVersions {
  /** As TF.js takes them. */
  readonly topology: object;
  readonly signature: object | undefined;
  readonly nodes: readonly StoredNode[];
  readonly weightEntries: readonly WeightEntry[];
  readonly weights: WeightBytes;
  /** The node that each named output stands for. */
  readonly outputs: ReadonlyMap<string, string>;
}

interface ModelJson {
  readonly modelTopology: { readonly node: readonly StoredNode[] };
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly WeightEntry[];
  }[];
  readonly signature?: { readonly outputs?: Readonly<Record<string, { readonly name: string }>> };
}

/**
 * Reads model.json, and of weights.bin what `findVersions` reads. Throws a ModelError of reason `unreadable` or `mismatch`,
 * or `unsupported` for another layout.
 */
export function readStoredGraph(directory: string, findVersions: FindVersions): GraphFile {
  const modelJson = readModelFile(directory, 'model.json');
  const json = parseModelJson(modelJson.toString('utf8'));
  const weightEntries = json.weightsManifest.flatMap((group) => group.weights);
  const expectedSizeInBytes = checkManifest(json, weightEntries);
  const weights = useModelFile(directory, weightsFileName, (path) => new WeightsFile(path));
  checkSize(weights.sizeInBytes, expectedSizeInBytes);
  const outputs = Object.entries(json.signature?.outputs ?? {});
  return {
    topology: json.modelTopology,
    signature: json.signature,
    nodes: json.modelTopology.node,
    weightEntries,
    weights,
    outputs: new Map(outputs.map(([name, tensor]) => [name, tensor.name])),
    ...findVersions(directory, weightEntries, modelJson),
  };
}

function parseModelJson(text: string): ModelJson {
  let json: Partial<ModelJson>;
  try {
    json = parseJson(text, shortestJsonLookedAt) as Partial<ModelJson>;
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

/** Returns how many bytes weights.bin must have. */
function checkManifest(json: ModelJson, entries: readonly WeightEntry[]): number {
  const otherPath = json.weightsManifest.flatMap((group) => group.paths).find((path) => path !== weightsFileName);
  if (otherPath !== undefined) {
    throw new ModelError('unsupported', `model.json keeps weights in ${otherPath}; only ${weightsFileName} is read.`);
  }
  const infinite = entries.find(({ quantization: { scale = 0, min = 0 } = {} }) => !Number.isFinite(scale + min));
  if (infinite !== undefined) throw notFinite(infinite.name);
  return entries.reduce((sum, entry) => sum + countStoredBytes(entry), 0);
}

function checkSize(sizeInBytes: number, expected: number): void {
  if (expected === sizeInBytes) return;
  const numbers = `${sizeInBytes} bytes, but model.json describes ${expected}`;
  throw new ModelError('mismatch', `${weightsFileName} has ${numbers}: one of the two is damaged or of another model.`);
}

export function notFinite(weight: string): ModelError {
  return new ModelError('not_finite', `The weight '${weight}' holds a number that is infinite or none at all.`);
}

/** Each weight with its place in weights.bin. */
export function placeWeights(entries: readonly WeightEntry[]) {
  let next = 0;
  return entries.map((entry) => {
    const from = next;
    const sizeInBytes = countStoredBytes(entry);
    next += sizeInBytes;
    return { entry, from, sizeInBytes };
  });
}

/** How many bytes of weights.bin a weight takes. Throws a ModelError of reason `unsupported` for a type that TF.js does not store. */
export function countStoredBytes({ name, shape, dtype, quantization }: WeightEntry): number {
  const type = quantization?.dtype ?? dtype;
  const bytes = bytesByType.get(type);
  if (bytes === undefined) throw new ModelError('unsupported', `model.json has weights of type ${type} at '${name}'.`);
  return shape.reduce((product, size) => product * size, bytes);
}
