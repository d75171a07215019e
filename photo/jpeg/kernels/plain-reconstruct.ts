import type { BlockSize } from '../markers/zigzag.ts';

/**
 * What each frequency adds to the first half of the samples, times 2^13: √2 cos((2x + 1) u π / 2n), or 1 for the mean, as the
 * sums of libjpeg's rounded constants have it, at most one off. The other half is its mirror image, turned over where `u` is odd.
 */
const factors: Readonly<Record<4 | 8, readonly (readonly number[])[]>> = {
  4: [
    [8192, 8192],
    [10703, 4433],
    [8192, -8192],
    [4433, -10704],
  ],
  8: [
    [8192, 8192, 8192, 8192],
    [11363, 9633, 6437, 2260],
    [10703, 4433, -4433, -10703],
    [9633, -2259, -11362, -6436],
    [8192, -8192, -8192, 8192],
    [6437, -11362, 2261, 9633],
    [4433, -10704, 10704, -4433],
    [2260, -6436, 9633, -11363],
  ],
};

/**
 * The formula of `reconstruct1` to `reconstruct8`, unoptimised: what tests compare them with. Samples row by row, of a block
 * of coefficients row by row: ITU-T T.81, A.3.3, scaled so that the first coefficient is eight times the mean; columns, then
 * rows, each rounded as libjpeg rounds them. Two samples a side are sums and differences of their four frequencies.
 * @param hasDetail whether any coefficient but the first counts
 */
export function plainReconstruct(block: Int32Array, size: BlockSize, hasDetail: boolean): Uint8Array {
  const mean = block[0] as number;
  if (size === 1 || !hasDetail) return new Uint8Array(size * size).fill(toSample(mean));
  if (size === 2) {
    const [, across, down, both] = block as unknown as readonly [number, number, number, number];
    const corners = [mean + across + down + both, mean - across + down - both];
    return Uint8Array.from([...corners, mean + across - down - both, mean - across - down + both].map(toSample));
  }

  // Two bits more are kept between the passes; then those, the factors' 26 and the eighths are rounded away.
  const columns = new Int32Array(size * size);
  for (let x = 0; x < size; x++) {
    for (let y = 0; y < size; y++) {
      const sum = sumOver(size, (v) => (block[v * size + x] as number) * factorOf(size, v, y));
      columns[y * size + x] = ((sum + 2 ** 10) | 0) >> 11;
    }
  }
  const samples = new Uint8ClampedArray(size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const sum = sumOver(size, (u) => (columns[y * size + u] as number) * factorOf(size, u, x));
      samples[y * size + x] = ((sum + 2 ** 17 + 128 * 2 ** 18) | 0) >> 18;
    }
  }
  return new Uint8Array(samples);
}

/**
 * The same of `reconstructRow1` to `reconstructRow8`: blocks side by side, each of `size` × `size` coefficients to be
 * multiplied by `steps`. Samples come in rows as wide as all blocks.
 */
export function plainReconstructRow(coefficients: Int16Array, steps: Int32Array, size: BlockSize): Uint8Array {
  const length = size * size;
  const width = coefficients.length / size;
  const samples = new Uint8Array(coefficients.length);
  for (let index = 0; index < coefficients.length / length; index++) {
    const kept = coefficients.subarray(index * length, (index + 1) * length);
    const block = Int32Array.from(kept, (coefficient, at) => Math.imul(coefficient, steps[at] as number));
    const made = plainReconstruct(block, size, kept.subarray(1).some(Boolean));
    for (let y = 0; y < size; y++) samples.set(made.subarray(y * size, (y + 1) * size), y * width + index * size);
  }
  return samples;
}

function factorOf(size: 4 | 8, frequency: number, at: number): number {
  const row = factors[size][frequency] as readonly number[];
  if (at < size / 2) return row[at] as number;
  return (row[size - 1 - at] as number) * (frequency % 2 === 0 ? 1 : -1);
}

function sumOver(size: number, term: (index: number) => number): number {
  let sum = 0;
  for (let index = 0; index < size; index++) sum += term(index);
  return sum;
}

/** Eighths around 0 to a byte around 128. */
function toSample(eighths: number): number {
  return Math.min(Math.max(((eighths + 4 + 128 * 8) | 0) >> 3, 0), 255);
}
