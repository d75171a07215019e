/**
 * The formulas of the kernels that work on rows of samples, unoptimised: what tests compare them with. Rows come and go as
 * arrays; a new sample is three parts the nearer and one part the farther neighbour (libjpeg's "fancy" upsampling).
 */

/** Twice as many samples as `near`; at its ends there is no farther neighbour. */
export function plainDoubleRow(near: Uint8Array): Uint8Array {
  return doubled(near, 4, 1, 2);
}

/** The same of a row blended from `near` and `far`, rounded once. */
export function plainDoubleBlendedRows(near: Uint8Array, far: Uint8Array): Uint8Array {
  const blended = Array.from(near, (sample, x) => 3 * sample + (far[x] as number));
  return doubled(blended, 16, 8, 7);
}

/** A row between two that lies closer to `near`. */
export function plainBlendRows(near: Uint8Array, far: Uint8Array, rounding: number): Uint8Array {
  return near.map((sample, x) => Math.floor((3 * sample + (far[x] as number) + rounding) / 4));
}

/** ITU-T T.871 (JFIF), section 7, its constants times 2^16 as libjpeg rounds them: three bytes a pixel. */
export function plainYcbcr(luma: Uint8Array, cbs: Uint8Array, crs: Uint8Array): Uint8Array {
  const toWhole = (product: number) => (product + 32_768) >> 16;
  return Uint8Array.from(
    Array.from(luma).flatMap((y, x) => {
      const cb = (cbs[x] as number) - 128;
      const cr = (crs[x] as number) - 128;
      const colours = [y + toWhole(91_881 * cr), y + toWhole(-22_554 * cb - 46_802 * cr), y + toWhole(116_130 * cb)];
      return colours.map((colour) => Math.min(Math.max(colour, 0), 255));
    }),
  );
}

function doubled(samples: ArrayLike<number>, divisor: number, left: number, right: number): Uint8Array {
  const out = new Uint8Array(2 * samples.length);
  for (let x = 0; x < samples.length; x++) {
    const sample = samples[x] as number;
    out[2 * x] = Math.floor((3 * sample + (samples[x - 1] ?? sample) + left) / divisor);
    out[2 * x + 1] = Math.floor((3 * sample + (samples[x + 1] ?? sample) + right) / divisor);
  }
  return out;
}
