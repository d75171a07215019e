/** A vector, how much it counts, and whether it is of the kind that the head is to tell. */
export interface WeightedExample {
  readonly vector: Float32Array;
  readonly isPositive: boolean;
  readonly weight: number;
}

const steps = 150;
const powerSteps = 12;
// Adds up to a quarter per unit of curvature: the logistic function is steepest, 1/4, in its middle.
const largestCurvature = 0.25;

/**
 * Logistic regression with a penalty of `penalty`/2 on the square of the weights (not of the bias), on examples whose
 * weights sum to 1: a fixed number of steps of accelerated gradient descent (Nesterov, 1983) as long as the curvature
 * allows. Returns weights and bias of the log-odds.
 */
export function fitLogistic(
  examples: readonly WeightedExample[],
  penalty: number,
): { readonly weights: Float64Array; readonly bias: number } {
  const size = examples[0]?.vector.length ?? 0;
  // The bias is one more weight, of a feature that is always 1.
  let current = new Float64Array(size + 1);
  let ahead = current;
  let momentum = 1;
  const stepSize = 1 / (largestCurvature * largestEigenvalue(examples, size) + penalty);
  for (let step = 0; step < steps; step++) {
    const gradient = gradientAt(examples, ahead, penalty);
    const from = ahead;
    const next = from.map((weight, at) => weight - stepSize * (gradient[at] as number));
    const nextMomentum = (1 + Math.sqrt(1 + 4 * momentum ** 2)) / 2;
    const push = (momentum - 1) / nextMomentum;
    const previous = current;
    ahead = next.map((weight, at) => weight + push * (weight - (previous[at] as number)));
    current = next;
    momentum = nextMomentum;
  }
  return { weights: current.slice(0, size), bias: current[size] as number };
}

function gradientAt(examples: readonly WeightedExample[], weights: Float64Array, penalty: number): Float64Array {
  const bias = weights.length - 1;
  const gradient = weights.map((weight, at) => (at === bias ? 0 : penalty * weight));
  for (const { vector, isPositive, weight } of examples) {
    const probability = 1 / (1 + Math.exp(-product(vector, weights)));
    addScaled(gradient, vector, weight * (probability - (isPositive ? 1 : 0)));
  }
  return gradient;
}

/** The largest eigenvalue of the examples' weighted second moments, by power iteration. */
function largestEigenvalue(examples: readonly WeightedExample[], size: number): number {
  let direction = new Float64Array(size + 1).fill(1 / Math.sqrt(size + 1));
  let eigenvalue = 0;
  for (let step = 0; step < powerSteps; step++) {
    const next = new Float64Array(size + 1);
    for (const { vector, weight } of examples) addScaled(next, vector, weight * product(vector, direction));
    eigenvalue = Math.sqrt(next.reduce((sum, value) => sum + value * value, 0));
    direction = next.map((value) => value / eigenvalue);
  }
  return eigenvalue;
}

function product(vector: Float32Array, weights: Float64Array): number {
  // Four sums side by side: one alone waits for each addition before it begins the next, and takes three times as long.
  let [first, second, third, fourth] = [weights[vector.length] as number, 0, 0, 0];
  const unrolled = vector.length - (vector.length % 4);
  for (let at = 0; at < unrolled; at += 4) {
    first += (vector[at] as number) * (weights[at] as number);
    second += (vector[at + 1] as number) * (weights[at + 1] as number);
    third += (vector[at + 2] as number) * (weights[at + 2] as number);
    fourth += (vector[at + 3] as number) * (weights[at + 3] as number);
  }
  for (let at = unrolled; at < vector.length; at++) first += (vector[at] as number) * (weights[at] as number);
  return first + second + third + fourth;
}

function addScaled(sum: Float64Array, vector: Float32Array, scale: number): void {
  for (let at = 0; at < vector.length; at++) sum[at] = (sum[at] as number) + scale * (vector[at] as number);
  sum[vector.length] = (sum[vector.length] as number) + scale;
}
