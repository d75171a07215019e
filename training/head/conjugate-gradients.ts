/** Of the right side's length: what is left of it where a solution is good enough. */
const largestResidual = 5e-3;
const mostSteps = 100;

/**
 * Solves matrix × x = side for each of the right sides, from `first` on, by conjugate gradients (M. Hestenes and E. Stiefel,
 * "Methods of Conjugate Gradients for Solving Linear Systems", 1952): all at once, since a product with many vectors costs
 * little more than one with a single one.
 * @param multiply the products of a symmetric matrix, all of whose eigenvalues are above 0, with vectors
 */
export function solve(
  multiply: (vectors: readonly Float64Array[]) => readonly Float64Array[],
  sides: readonly Float64Array[],
  first: readonly Float64Array[],
): readonly Float64Array[] {
  const solutions = first.map((vector) => vector.slice());
  const residuals = multiply(solutions).map((product, at) => {
    const residual = (sides[at] as Float64Array).slice();
    addScaled(residual, product, -1);
    return residual;
  });
  const directions = residuals.map((residual) => residual.slice());
  const enough = sides.map((side) => largestResidual ** 2 * dot(side, side));
  let lengths = residuals.map((residual) => dot(residual, residual));
  for (let step = 0; step < mostSteps; step++) {
    if (lengths.every((length, at) => length <= (enough[at] as number))) break;
    const products = multiply(directions);
    lengths = lengths.map((length, at) => {
      // What is done stays as it is.
      if (length <= (enough[at] as number)) return length;
      const [direction, residual] = [directions[at] as Float64Array, residuals[at] as Float64Array];
      const product = products[at] as Float64Array;
      const stride = length / dot(direction, product);
      addScaled(solutions[at] as Float64Array, direction, stride);
      addScaled(residual, product, -stride);
      const next = dot(residual, residual);
      for (let place = 0; place < direction.length; place++) {
        direction[place] = (residual[place] as number) + (next / length) * (direction[place] as number);
      }
      return next;
    });
  }
  return solutions;
}

export function addScaled(target: Float64Array, vector: Float64Array, scale: number): void {
  for (let at = 0; at < target.length; at++) target[at] = (target[at] as number) + scale * (vector[at] as number);
}

export function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] as number) * (other[at] as number);
  return sum;
}
