/** A function of many numbers at a point: its value, and the gradient, which the caller keeps. */
export interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
}

export interface MinimiseOptions {
  /** Ends where a step makes the value smaller by less than this. */
  readonly leastGain: number;
  readonly mostSteps: number;
}

interface Step {
  readonly move: Float64Array;
  readonly turn: Float64Array;
  /** 1 / (move · turn). */
  readonly curvature: number;
}

const remembered = 12;
const mostHalvings = 20;
/** Share of what the slope promises that a step has to bring (Armijo). */
const promisedShare = 1e-4;

/**
 * The lowest point of a smooth convex function, from `start`: L-BFGS with backtracking (D. Liu and J. Nocedal, "On the
 * limited memory BFGS method for large scale optimization", 1989). The same start gives the same point.
 */
export function minimise(
  evaluate: (point: Float64Array) => Evaluation,
  start: Float64Array,
  { leastGain, mostSteps }: MinimiseOptions,
): Float64Array {
  const history: Step[] = [];
  let point = start;
  let here = evaluate(point);
  for (let step = 0; step < mostSteps; step++) {
    const direction = descend(here.gradient, history);
    const slope = dot(direction, here.gradient);
    // Rounding has the last word near the minimum.
    if (!(slope < 0)) break;
    let length = history.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    let next = along(point, direction, length);
    let there = evaluate(next);
    for (let halving = 0; there.value > here.value + promisedShare * length * slope; halving++) {
      if (halving === mostHalvings) return point;
      length /= 2;
      next = along(point, direction, length);
      there = evaluate(next);
    }
    const move = difference(next, point);
    const turn = difference(there.gradient, here.gradient);
    const bend = dot(move, turn);
    if (bend > 0) history.push({ move, turn, curvature: 1 / bend });
    if (history.length > remembered) history.shift();
    const gain = here.value - there.value;
    point = next;
    here = there;
    if (gain < leastGain) break;
  }
  return point;
}

/** The negative gradient times an estimate of the inverse Hessian, by the two-loop recursion. */
function descend(gradient: Float64Array, history: readonly Step[]): Float64Array {
  const direction = gradient.map((value) => -value);
  const shares: number[] = [];
  for (const { move, turn, curvature } of history.toReversed()) {
    const share = curvature * dot(move, direction);
    shares.push(share);
    addScaled(direction, turn, -share);
  }
  const last = history.at(-1);
  if (last !== undefined) {
    const scale = 1 / (last.curvature * dot(last.turn, last.turn));
    for (let at = 0; at < direction.length; at++) direction[at] = (direction[at] as number) * scale;
  }
  for (const { move, turn, curvature } of history) {
    addScaled(direction, move, (shares.pop() as number) - curvature * dot(turn, direction));
  }
  return direction;
}

function along(point: Float64Array, direction: Float64Array, length: number): Float64Array {
  const next = point.slice();
  addScaled(next, direction, length);
  return next;
}

function difference(one: Float64Array, other: Float64Array): Float64Array {
  const result = one.slice();
  addScaled(result, other, -1);
  return result;
}

function addScaled(target: Float64Array, vector: Float64Array, scale: number): void {
  for (let at = 0; at < target.length; at++) target[at] = (target[at] as number) + scale * (vector[at] as number);
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] as number) * (other[at] as number);
  return sum;
}
