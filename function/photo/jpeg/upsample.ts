/**
 * How a component of fewer samples than the picture is brought to its size. Where it has half of them, each new sample is
 * three parts the nearer and one part the farther neighbour, rounded as libjpeg's "fancy" upsampling does, so that the
 * pixels are those that Pillow and TensorFlow see. Other ratios repeat the nearest sample, which libjpeg does too.
 */

/** Doubles a row: `out` gets `2 * width` samples. */
export function doubleRow(samples: Uint8Array, offset: number, width: number, out: Uint8Array): void {
  let previous = samples[offset] as number;
  let current = previous;
  out[0] = current;
  for (let x = 0, at = 0; x < width; x++, at += 2) {
    const next = x + 1 < width ? (samples[offset + x + 1] as number) : current;
    if (x > 0) out[at] = (3 * current + previous + 1) >> 2;
    out[at + 1] = x + 1 < width ? (3 * current + next + 2) >> 2 : current;
    previous = current;
    current = next;
  }
}

/** The row between `near` and `far` that lies closer to `near`, in the same width. */
export function blendRows(
  samples: Uint8Array,
  near: number,
  far: number,
  width: number,
  rounding: number,
  out: Uint8Array,
): void {
  for (let x = 0; x < width; x++) {
    out[x] = (3 * (samples[near + x] as number) + (samples[far + x] as number) + rounding) >> 2;
  }
}

/** Both at once, rounded once: `out` gets `2 * width` samples of a row that lies closer to `near` than to `far`. */
export function doubleBlendedRows(
  samples: Uint8Array,
  near: number,
  far: number,
  width: number,
  out: Uint8Array,
): void {
  let current = 3 * (samples[near] as number) + (samples[far] as number);
  let previous = current;
  const last = width - 1;
  for (let x = 0, at = 0; x < last; x++, at += 2) {
    const next = 3 * (samples[near + x + 1] as number) + (samples[far + x + 1] as number);
    out[at] = (3 * current + previous + 8) >> 4;
    out[at + 1] = (3 * current + next + 7) >> 4;
    previous = current;
    current = next;
  }
  out[2 * last] = (3 * current + previous + 8) >> 4;
  out[2 * last + 1] = (4 * current + 7) >> 4;
}

export function repeatSamples(samples: Uint8Array, offset: number, columns: Uint16Array, out: Uint8Array): void {
  for (let x = 0; x < columns.length; x++) out[x] = samples[offset + (columns[x] as number)] as number;
}
