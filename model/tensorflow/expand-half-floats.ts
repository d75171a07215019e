import type { io } from '@tensorflow/tfjs-core';

interface Weights {
  readonly weightSpecs: io.WeightsManifestEntry[];
  readonly weightData: ArrayBuffer;
}

/**
 * Weights stored as float16 made float32 by Node.js's own conversion, several times faster than the table look-ups of
 * TF.js; all others as they are. `bytes` holds the weights one after the other, in the order of `weightSpecs`.
 */
export function expandHalfFloats(
  weightSpecs: readonly io.WeightsManifestEntry[],
  bytes: Uint8Array,
  sizeOf: (spec: io.WeightsManifestEntry) => number,
): Weights {
  const isHalf = (spec: io.WeightsManifestEntry) => spec.quantization?.dtype === 'float16';
  const sizes = weightSpecs.map((spec) => sizeOf(spec) * (isHalf(spec) ? 2 : 1));
  const expanded = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0));
  let from = 0;
  let to = 0;
  for (const [index, spec] of weightSpecs.entries()) {
    const stored = bytes.subarray(from, from + sizeOf(spec));
    // Copied into buffers of their own, since nothing says that a weight begins at a multiple of its elements' size.
    const part = isHalf(spec)
      ? new Uint8Array(new Float32Array(new Float16Array(Uint8Array.from(stored).buffer)).buffer)
      : stored;
    expanded.set(part, to);
    from += stored.length;
    to += sizes[index] as number;
  }
  return {
    weightSpecs: weightSpecs.map((spec) => (isHalf(spec) ? withoutQuantization(spec) : spec)),
    weightData: expanded.buffer,
  };
}

function withoutQuantization({ quantization: _, ...spec }: io.WeightsManifestEntry): io.WeightsManifestEntry {
  return spec;
}
