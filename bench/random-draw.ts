import { randomSource } from '../model/calibration/random-source.ts';

/** A whole number from 0 to below `bound`. */
export type Draw = (bound: number) => number;

/** Numbers that are the same for the same seed. */
export function createDraw(seed: number): Draw {
  const random = randomSource(seed);
  return (bound) => Math.floor(random() * bound);
}
