import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { placeWeights, type WeightEntry } from '../model/graph/graph-file.ts';
import { writeWeights } from './write-model-directory.ts';

/** The same model twice, with its weights in half and in single precision. */
export interface TwoPrecisions {
  readonly half: string;
  readonly single: string;
}

interface ModelJson {
  readonly weightsManifest: readonly [{ readonly paths: readonly string[]; readonly weights: readonly WeightEntry[] }];
}

/** The names of the weights that are half floats in the one and not in the other, and how many numbers each has. */
export function listHalves({ half }: TwoPrecisions): { readonly name: string; readonly count: number }[] {
  return readEntries(half)
    .filter(({ quantization }) => quantization?.dtype === 'float16')
    .map(({ name, shape }) => ({ name, count: shape.reduce((product, size) => product * size, 1) }));
}

/** Writes model.json and weights.bin of the model with the weights named in single and all others in half precision. */
export async function mixPrecisions(
  target: string,
  { half, single }: TwoPrecisions,
  kept: ReadonlySet<string>,
): Promise<{ version: string; sizeInBytes: number }> {
  const json = readModelJson(half);
  const [fromHalf, fromSingle] = [half, single].map((directory) => placeWeights(readEntries(directory)));
  const chosen = (fromHalf ?? []).map((place, index) => {
    const isKept = kept.has(place.entry.name);
    return { ...(isKept ? (fromSingle?.[index] ?? place) : place), directory: isKept ? single : half };
  });
  const [manifest] = json.weightsManifest;
  const weightsManifest = [{ ...manifest, weights: chosen.map(({ entry }) => entry) }];
  await writeFile(join(target, 'model.json'), `${JSON.stringify({ ...json, weightsManifest })}\n`);
  return await writeWeights(target, readParts(chosen));
}

interface Part {
  readonly directory: string;
  readonly from: number;
  readonly sizeInBytes: number;
}

function* readParts(parts: readonly Part[]): Iterable<Uint8Array> {
  const files = new Map<string, number>();
  try {
    for (const { directory, from, sizeInBytes } of parts) {
      const file = files.get(directory) ?? openSync(join(directory, 'weights.bin'), 'r');
      files.set(directory, file);
      const bytes = new Uint8Array(sizeInBytes);
      readSync(file, bytes, 0, sizeInBytes, from);
      yield bytes;
    }
  } finally {
    for (const file of files.values()) closeSync(file);
  }
}

function readEntries(directory: string): readonly WeightEntry[] {
  return readModelJson(directory).weightsManifest[0].weights;
}

function readModelJson(directory: string): ModelJson {
  return JSON.parse(readFileSync(join(directory, 'model.json'), 'utf8'));
}
