import { countStoredBytes, type GraphFile, type WeightEntry } from './graph-file.ts';

/** A weight as it lies in weights.bin. */
export interface StoredWeight {
  readonly entry: WeightEntry;
  readonly bytes: Uint8Array;
}

/** The weights of a model by the name of the constant that each stands for. */
export function listWeights(file: GraphFile): ReadonlyMap<string, StoredWeight> {
  const weights = new Map<string, StoredWeight>();
  let from = 0;
  for (const entry of file.weightEntries) {
    const end = from + countStoredBytes(entry);
    weights.set(entry.name, { entry, bytes: file.weights.subarray(from, end) });
    from = end;
  }
  return weights;
}

export function isStoredAsHalves({ entry }: StoredWeight): boolean {
  return entry.quantization?.dtype === 'float16';
}

/** A weight's numbers, whatever they are stored as; those of 8 or 16 bits are multiplied out as TF.js does it. */
export function readNumbers({ entry, bytes }: StoredWeight): Float32Array {
  const { dtype, quantization } = entry;
  const stored = readStored(quantization?.dtype ?? dtype, bytes);
  const { scale, min } = quantization ?? {};
  if (scale === undefined || min === undefined) return Float32Array.from(stored);
  return Float32Array.from(stored, (value) => value * scale + min);
}

// Copied into a buffer of its own, since nothing says that a weight begins at a multiple of its elements' size.
function readStored(type: string, bytes: Uint8Array): ArrayLike<number> & Iterable<number> {
  const { buffer } = Uint8Array.from(bytes);
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
