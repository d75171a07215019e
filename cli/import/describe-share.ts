const smallestShown = 1e-4;

/** A share as a percentage of two digits; below 0.01 % there is nothing to see. */
export function describeShare(share: number): string {
  return share < smallestShown ? 'less than 0.01 %' : `${Number((share * 100).toPrecision(2))} %`;
}

/** A share that nothing was above. */
export function describeLargestShare(share: number): string {
  return share < smallestShown ? describeShare(share) : `at most ${describeShare(share)}`;
}
