import { type GraphNode, isConstant } from './node.ts';

/** More models than that nobody averages; a file may nest far more additions. */
const deepest = 64;

/**
 * Whether a tensor's numbers are shares that sum to 1, none below zero: a softmax, a mean of several, or a sigmoid beside
 * what it leaves.
 */
export function areSharesOfOne(node: GraphNode): boolean {
  const sum = sumOfShares(node, new Map(), 0);
  return sum !== undefined && Math.abs(sum - 1) < 1e-5;
}

/** What the numbers sum to, where what makes them shows it and that none is below zero. */
function sumOfShares(node: GraphNode, known: Map<GraphNode, number | undefined>, depth: number): number | undefined {
  if (known.has(node)) return known.get(node);
  const sum = depth > deepest ? undefined : sumByOperation(node, (input) => sumOfShares(input, known, depth + 1));
  known.set(node, sum);
  return sum;
}

function sumByOperation(node: GraphNode, sumOf: (input: GraphNode) => number | undefined): number | undefined {
  const [first, second] = node.inputs;
  if (first === undefined) return undefined;
  switch (node.op) {
    case 'Softmax':
      return Math.max(...node.shape) === node.shape.at(-1) ? 1 : undefined;
    case 'Reshape':
    case 'Identity':
      return sumOf(first);
    case 'AddV2': {
      const [a, b] = [sumOf(first), second && sumOf(second)];
      return a === undefined || b === undefined ? undefined : a + b;
    }
    case 'Mul':
    case 'RealDiv': {
      const [shares, factor] = numberOf(second) === undefined ? [second, numberOf(first)] : [first, numberOf(second)];
      const sum = shares && sumOf(shares);
      if (sum === undefined || factor === undefined || !(factor > 0)) return undefined;
      if (node.op === 'Mul') return sum * factor;
      return shares === first ? sum / factor : undefined;
    }
    case 'ConcatV2':
      return node.inputs.length === 3 && second && (isRest(first, second) || isRest(second, first)) ? 1 : undefined;
    default:
      return undefined;
  }
}

/** Whether the first is what the second, a sigmoid of one number, leaves of 1. */
function isRest(rest: GraphNode, share: GraphNode): boolean {
  const sigmoid = withoutReshape(share);
  const [one, taken] = withoutReshape(rest).inputs;
  if (withoutReshape(rest).op !== 'Sub' || one === undefined || taken === undefined || numberOf(one) !== 1)
    return false;
  return sigmoid.op === 'Sigmoid' && sigmoid.shape.every((size) => size === 1) && withoutReshape(taken) === sigmoid;
}

function withoutReshape(node: GraphNode): GraphNode {
  const [inner] = node.inputs;
  return node.op === 'Reshape' && inner !== undefined ? withoutReshape(inner) : node;
}

/** The only number of a constant. */
function numberOf(node: GraphNode | undefined): number | undefined {
  return node !== undefined && isConstant(node) && node.values.length === 1 ? node.values[0] : undefined;
}
