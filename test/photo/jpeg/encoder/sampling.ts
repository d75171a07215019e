/** Sampling factors of a JPEG's components, across x down: `sampling('2x2,1x1,1x1')` is 4:2:0. */
export function sampling(factors: string): (readonly [number, number])[] {
  return factors.split(',').map((pair) => pair.split('x').map(Number) as [number, number]);
}
