import { ModelError } from '../model-error.ts';

/**
 * What tells a photo of the model's kinds from any other, by the features that the last dense layer sees. The score is
 * a logistic head's answer less the weighted cosine to the nearest prototype, both on features of length 1; larger is
 * stranger.
 */
export interface Unfamiliarity {
  /** A photo of a larger score is unfamiliar. */
  readonly above: number;
  /** The head: one weight a feature, and what is added. */
  readonly weights: Float32Array;
  readonly bias: number;
  readonly cosineWeight: number;
  /** Typical directions of features, row after row; only their directions count, so small whole numbers do. */
  readonly prototypes: Int8Array;
}

/** {@link Unfamiliarity} as it lies in card.json, the arrays as base64 of little-endian bytes. */
export interface StoredUnfamiliarity {
  readonly above: number;
  readonly bias: number;
  readonly cosineWeight: number;
  readonly weights: string;
  readonly prototypes: string;
}

/** The score of a photo's features, which must be as many as there are weights; larger is stranger. */
export function scoreUnfamiliarity(statistics: Unfamiliarity, features: Float32Array): number {
  const { weights, prototypes, bias, cosineWeight } = statistics;
  const unit = toUnitLength(features);
  const strangeness = unit.reduce((sum, feature, at) => sum + feature * (weights[at] as number), bias);
  return strangeness - cosineWeight * largestCosine(prototypes, unit);
}

/** A vector of length 1 in the same direction; zeros stay zeros. */
export function toUnitLength(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? vector : vector.map((value) => value / length);
}

export function storeUnfamiliarity(statistics: Unfamiliarity): StoredUnfamiliarity {
  const { above, bias, cosineWeight, weights, prototypes } = statistics;
  return { above, bias, cosineWeight, weights: toBase64(weights), prototypes: toBase64(prototypes) };
}

/** Reads `calibration.unfamiliar` of a card. Throws a ModelError of reason `bad_card` that names the key at fault. */
export function readUnfamiliarity(stored: Readonly<Record<string, unknown>>): Unfamiliarity {
  const weights = new Float32Array(readBytes(stored, 'weights', Float32Array.BYTES_PER_ELEMENT));
  return {
    above: readNumber(stored, 'above'),
    bias: readNumber(stored, 'bias'),
    cosineWeight: readNumber(stored, 'cosineWeight'),
    weights,
    prototypes: new Int8Array(readBytes(stored, 'prototypes', weights.length)),
  };
}

function largestCosine(prototypes: Int8Array, unit: Float32Array): number {
  let largest = -1;
  for (let start = 0; start < prototypes.length; start += unit.length) {
    let product = 0;
    let square = 0;
    for (let at = 0; at < unit.length; at++) {
      const value = prototypes[start + at] as number;
      product += value * (unit[at] as number);
      square += value * value;
    }
    largest = Math.max(largest, product / Math.sqrt(square));
  }
  return largest;
}

function toBase64(values: Float32Array | Int8Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}

function readNumber(stored: Readonly<Record<string, unknown>>, key: string): number {
  const value = stored[key];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new ModelError('bad_card', `card.json has no number at 'calibration.unfamiliar.${key}'.`);
}

/** Bytes of a whole number of elements, at least one. */
function readBytes(stored: Readonly<Record<string, unknown>>, key: string, elementInBytes: number): ArrayBuffer {
  const value = stored[key];
  const bytes = typeof value === 'string' ? Uint8Array.from(Buffer.from(value, 'base64')) : new Uint8Array();
  if (bytes.length > 0 && bytes.length % elementInBytes === 0) return bytes.buffer;
  throw new ModelError('bad_card', `card.json has no base64 of the right length at 'calibration.unfamiliar.${key}'.`);
}
