import { naturalOrder } from '../../../../photo/jpeg/markers/zigzag.ts';

/** One component's quantised coefficients in zigzag order, 64 a block, for whole minimum coded units. */
export interface ComponentCoefficients {
  readonly across: number;
  readonly down: number;
  readonly blocks: Int16Array;
}

const cosines = Float64Array.from({ length: 64 }, (_, position) => {
  const frequency = position >> 3;
  const scale = frequency === 0 ? Math.SQRT1_2 : 1;
  return (scale * Math.cos((((position & 7) * 2 + 1) * frequency * Math.PI) / 16)) / 2;
});

/** Forward transform (ITU-T T.81, A.3.3) and quantisation of samples 0 to 255 given by place. */
export function toCoefficients(
  sampleAt: (x: number, y: number) => number,
  across: number,
  down: number,
  steps: readonly number[],
): ComponentCoefficients {
  const blocks = new Int16Array(across * down * 64);
  const samples = new Float64Array(64);
  const rows = new Float64Array(64);
  for (let block = 0; block < across * down; block++) {
    const left = (block % across) * 8;
    const top = Math.floor(block / across) * 8;
    for (let at = 0; at < 64; at++)
      samples[at] = Math.min(255, Math.max(0, sampleAt(left + (at & 7), top + (at >> 3)))) - 128;
    for (let at = 0; at < 64; at++) rows[at] = dot(samples, at & 56, 1, cosines, (at & 7) * 8);
    for (let index = 0; index < 64; index++) {
      const natural = naturalOrder[index] ?? 0;
      blocks[block * 64 + index] = Math.round(dot(rows, natural & 7, 8, cosines, natural & 56) / (steps[index] ?? 1));
    }
  }
  return { across, down, blocks };
}

function dot(left: Float64Array, from: number, step: number, right: Float64Array, start: number): number {
  let sum = 0;
  for (let at = 0; at < 8; at++) sum += (left[from + at * step] ?? 0) * (right[start + at] ?? 0);
  return sum;
}
