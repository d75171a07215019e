/** How much a source pixel counts by its distance from a target pixel's centre, in pixels of the larger of the two. */
export interface ResizeFilter {
  /** Beyond this distance nothing counts. */
  readonly radius: number;
  readonly weigh: (distance: number) => number;
}

/** Pillow's BILINEAR. */
export const triangle: ResizeFilter = { radius: 1, weigh: (distance) => Math.max(0, 1 - Math.abs(distance)) };

const cubicParameter = -0.5;

/** Pillow's BICUBIC (R. Keys, "Cubic Convolution Interpolation for Digital Image Processing", 1981). */
export const cubic: ResizeFilter = {
  radius: 2,
  weigh: (distance) => {
    const x = Math.abs(distance);
    const a = cubicParameter;
    if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
  },
};

const lanczosRadius = 3;

/** Pillow's LANCZOS. */
export const lanczos: ResizeFilter = {
  radius: lanczosRadius,
  weigh: (distance) =>
    distance >= -lanczosRadius && distance < lanczosRadius ? sinc(distance) * sinc(distance / lanczosRadius) : 0,
};

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
}
