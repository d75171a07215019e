import type { GraphBuilder } from '../../graph/graph-builder.ts';
import type { GraphNode } from '../../graph/node.ts';
import { countValues } from '../../graph/shape.ts';
import { applyActivation } from '../activations.ts';
import type { LayerConverter } from './layer-context.ts';
import { OperationArguments } from './operation-arguments.ts';

/** A tensor whose axes have letters. */
interface Labelled {
  readonly node: GraphNode;
  readonly letters: readonly string[];
}

/** The sum of products that `ab,bc->ac` writes, of one or two tensors: TensorFlow.js has it on no backend. */
export function einsum(builder: GraphBuilder, equation: string, operands: readonly GraphNode[]): GraphNode {
  const { inputs, output } = readEquation(equation, operands);
  const kept = (letter: string, others: readonly Labelled[]) =>
    output.includes(letter) || others.some(({ letters }) => letters.includes(letter));
  // What one tensor has alone and the answer has not is summed at once.
  const [left, right, ...others] = inputs.map((input, at) =>
    sumOver(builder, input, (letter) =>
      kept(
        letter,
        inputs.filter((_, other) => other !== at),
      ),
    ),
  );
  if (left === undefined || others.length > 0) throw new RangeError(`${equation} has ${operands.length} tensors.`);
  const result = right === undefined ? left : multiply(builder, left, right, output);
  return arrange(builder, result, output);
}

function multiply(builder: GraphBuilder, left: Labelled, right: Labelled, output: readonly string[]): Labelled {
  const isShared = (letter: string) => left.letters.includes(letter) && right.letters.includes(letter);
  const batch = left.letters.filter((letter) => isShared(letter) && output.includes(letter));
  const inner = left.letters.filter((letter) => isShared(letter) && !output.includes(letter));
  const rows = left.letters.filter((letter) => !isShared(letter));
  const columns = right.letters.filter((letter) => !isShared(letter));
  const sizes = new Map([...sizesOf(left), ...sizesOf(right)]);
  const count = (letters: readonly string[]) =>
    letters.reduce((product, letter) => product * (sizes.get(letter) as number), 1);
  for (const letter of [...batch, ...inner]) {
    if (sizesOf(left).get(letter) !== sizesOf(right).get(letter)) throw new RangeError(`The axes ${letter} differ.`);
  }
  const a = builder.reshape(arrange(builder, left, [...batch, ...rows, ...inner]), [
    ...(count(batch) === 1 ? [] : [count(batch)]),
    count(rows),
    count(inner),
  ]);
  const b = builder.reshape(arrange(builder, right, [...batch, ...inner, ...columns]), [
    ...(count(batch) === 1 ? [] : [count(batch)]),
    count(inner),
    count(columns),
  ]);
  const letters = [...batch, ...rows, ...columns];
  const shape = letters.map((letter) => sizes.get(letter) as number);
  return { node: builder.reshape(builder.matMul(a, b), shape), letters };
}

function sizesOf({ node, letters }: Labelled): Map<string, number> {
  return new Map(letters.map((letter, axis) => [letter, node.shape[axis] as number]));
}

function sumOver(builder: GraphBuilder, { node, letters }: Labelled, isKept: (letter: string) => boolean): Labelled {
  const axes = letters.flatMap((letter, axis) => (isKept(letter) ? [] : [axis]));
  if (axes.length === 0) return { node, letters };
  return { node: builder.reduce('Sum', node, axes, false), letters: letters.filter(isKept) };
}

function arrange(builder: GraphBuilder, { node, letters }: Labelled, wanted: readonly string[]): GraphNode {
  return builder.transpose(
    node,
    wanted.map((letter) => letters.indexOf(letter)),
  );
}

/** With the axes of an ellipsis as letters of their own, the digits. */
function readEquation(equation: string, operands: readonly GraphNode[]): { inputs: Labelled[]; output: string[] } {
  const [left = '', right] = equation.replaceAll(' ', '').split('->');
  const terms = left.split(',');
  if (right === undefined || terms.length !== operands.length)
    throw new RangeError(`The equation ${equation} has no result.`);
  const digits = (count: number) => Array.from({ length: count }, (_, at) => String(9 - count + 1 + at));
  let longest = 0;
  const inputs = terms.map((term, at): Labelled => {
    const node = operands[at] as GraphNode;
    const hidden = Math.max(0, node.shape.length - term.replace('...', '').length);
    longest = Math.max(longest, term.includes('...') ? hidden : 0);
    return { node, letters: [...term.replace('...', digits(hidden).join(''))] };
  });
  const output = [...right.replace('...', digits(longest).join(''))];
  const isSound = inputs.every(
    ({ node, letters }) => letters.length === node.shape.length && new Set(letters).size === letters.length,
  );
  const known = new Set(inputs.flatMap(({ letters }) => letters));
  if (!isSound || !output.every((letter) => known.has(letter)))
    throw new RangeError(`The equation ${equation} does not fit.`);
  return { inputs, output };
}

const operation: LayerConverter = (context) => {
  const { builder, positional, inputs } = context;
  const given = new OperationArguments(context);
  const equation = given.value(-1, 'subscripts', 'equation');
  if (typeof equation !== 'string') throw context.config.error('its equation is missing');
  const operands = positional.length > 0 ? positional.flatMap((_, at) => given.tensors(at, 'operands')) : inputs;
  return einsum(builder, equation, operands);
};

/** A product over the last axis of the one and one axis of the other, as NumPy's dot and tensordot have it. */
const tensorDot: LayerConverter = (context) => {
  const { builder, config } = context;
  const given = new OperationArguments(context);
  const [a, b] = [given.tensor(0, 'x1', 'a'), given.tensor(1, 'x2', 'b')];
  const axes = given.value(-1, 'axes') ?? 1;
  const [left, right] = (Array.isArray(axes) ? axes : [a.shape.length - 1, 0]) as (number | number[])[];
  const [fromLeft, fromRight] = [[left].flat(), [right].flat()] as [number[], number[]];
  if (
    (!Array.isArray(axes) && axes !== 1) ||
    fromLeft.length !== 1 ||
    fromRight.length !== 1 ||
    (b.shape.length !== 2 && !Array.isArray(axes))
  ) {
    throw config.error(`its axes are ${JSON.stringify(axes)}`);
  }
  const position = (axis: number, rank: number) => (axis < 0 ? axis + rank : axis);
  const letters = 'abcdefghij';
  const others = 'klmnopqrst';
  const first = a.shape.map((_, axis) =>
    axis === position(fromLeft[0] as number, a.shape.length) ? 'z' : letters[axis],
  );
  const second = b.shape.map((_, axis) =>
    axis === position(fromRight[0] as number, b.shape.length) ? 'z' : others[axis],
  );
  const result = [...first, ...second].filter((letter) => letter !== 'z');
  return einsum(builder, `${first.join('')},${second.join('')}->${result.join('')}`, [a, b]);
};

/** `equation` with the kernel as the second tensor; the bias lies along `bias_axes` of the result. */
const einsumDense: LayerConverter = ({ builder, config, variables, inputs: [x] }) => {
  const equation = config.text('equation');
  const [left = '', right = ''] = equation.split('->');
  const [term = '', kernelTerm = ''] = left.split(',');
  const letters = x.shape.map((_, axis) =>
    term.startsWith('...') ? [...term.slice(3)][axis - x.shape.length + term.length - 3] : term[axis],
  );
  const sizes = new Map(letters.map((letter, axis) => [letter, x.shape[axis] as number]));
  // What the input does not tell of the kernel's shape, the result's does.
  const output = config.values.output_shape;
  const outputSizes = [output].flat() as (number | null)[];
  const named = [...right.replace('...', '')];
  named.forEach((letter, at) => {
    const size = outputSizes[outputSizes.length - named.length + at];
    if (!sizes.has(letter) && typeof size === 'number') sizes.set(letter, size);
  });
  const shape = [...kernelTerm].map((letter) => sizes.get(letter) ?? 0);
  if (countValues(shape) === 0) throw config.error(`the shape of its kernel is not told by ${equation}`);
  const product = einsum(builder, equation, [x, variables.take(builder, 'kernel', shape)]);
  const biasAxes = config.values.bias_axes;
  if (typeof biasAxes !== 'string') return applyActivation(builder, product, config.values.activation, config);
  const biasShape = product.shape.map((size, axis) =>
    biasAxes.includes(named[axis - product.shape.length + named.length] ?? ' ') ? size : 1,
  );
  const first = biasShape.findIndex(
    (size, axis) => size > 1 || biasAxes.includes(named[axis - product.shape.length + named.length] ?? ' '),
  );
  const bias = builder.reshape(variables.take(builder, 'bias', biasShape.slice(Math.max(0, first))), biasShape);
  return applyActivation(builder, builder.add(product, bias), config.values.activation, config);
};

export const einsumLayers: Readonly<Record<string, LayerConverter>> = { EinsumDense: einsumDense };

export const einsumOperations: Readonly<Record<string, LayerConverter>> = {
  Dot: tensorDot,
  Einsum: operation,
  Tensordot: tensorDot,
};
