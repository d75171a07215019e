import { type GraphFile, placeWeights, type WeightEntry } from './graph-file.ts';

/** A weight as it lies in weights.bin. */
export interface StoredWeight {
  readonly entry: WeightEntry;
  readonly sizeInBytes: number;
  /** Fills `target`, which has the weight's size. */
  readonly read: (target: Uint8Array) => void;
}

/** The weights of a model by the name of the constant that each stands for. */
export function listWeights(file: GraphFile): ReadonlyMap<string, StoredWeight> {
  const weights = new Map<string, StoredWeight>();
  for (const { entry, from, sizeInBytes } of placeWeights(file.weightEntries)) {
    weights.set(entry.name, { entry, sizeInBytes, read: (target) => file.weights.read(target, from) });
  }
  return weights;
}

export function isStoredAsHalves({ entry }: StoredWeight): boolean {
  return entry.quantization?.dtype === 'float16';
}

/** A weight's numbers, whatever they are stored as; those of 8 or 16 bits are multiplied out as TF.js does it. */
export function readNumbers(weight: StoredWeight): Float32Array {
  const { dtype, quantization } = weight.entry;
  const stored = readStored(quantization?.dtype ?? dtype, weight);
  const { scale, min } = quantization ?? {};
  if (scale === undefined || min === undefined) return Float32Array.from(stored);
  return Float32Array.from(stored, (value) => value * scale + min);
}

function readStored(type: string, { sizeInBytes, read }: StoredWeight): ArrayLike<number> & Iterable<number> {
  const buffer = new ArrayBuffer(sizeInBytes);
  read(new Uint8Array(buffer));
  switch (type) {
    case 'float16':
      return new Float16Array(buffer);
    case 'uint16':
      return new Uint16Array(buffer);
    case 'int32':
      return new Int32Array(buffer);
    case 'float32':
      return new Float32Array(buffer);
    default:
      return new Uint8Array(buffer);
  }
}
