import { isConstant } from '../graph/node.ts';
import { resolveAxis } from '../graph/shape.ts';
import { asKnown } from './known.ts';
import { type LaidOut, laidPlain, plain, shapeOf } from './laid-out.ts';
import { sliceValues } from './moved-values.ts';
import { constantOf, inputOf, notImported, type OperationContext } from './operation-context.ts';
import { shaping } from './operators/shaping.ts';
import { takeRanges } from './operators/taking.ts';
import { reshapeLaidOut } from './reshape-laid-out.ts';
import type { SliceRange } from './slice-ranges.ts';
import { squeezedShape, unsqueezedShape } from './squeezed-shape.ts';

/** Operators that make a list of tensors, or take one. */
export const sequenceOperators: ReadonlySet<string> = new Set([
  'ConcatFromSequence',
  'SequenceAt',
  'SequenceConstruct',
  'SplitToSequence',
]);

/** Of each place of an axis alone; as many as channels, at most. */
const mostParts = 2 ** 14;

/** Lists of tensors, which stand for no value of the graph: how many there are is known, and which one is taken. */
export class Sequences {
  readonly #byName = new Map<string, readonly LaidOut[]>();

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /** The results of one of {@link sequenceOperators}, or none where it makes a list, which is kept under its name. */
  convert(context: OperationContext, names: { readonly input: string; readonly output: string }): readonly LaidOut[] {
    const { op, inputs, attributes } = context;
    if (op === 'SplitToSequence' || op === 'SequenceConstruct') {
      const parts = op === 'SplitToSequence' ? split(context) : inputs.map((_, at) => inputOf(context, at));
      if (this.#byName.has(names.output)) throw new RangeError('its name is given twice');
      this.#byName.set(names.output, parts);
      return [];
    }
    const parts = this.#byName.get(names.input);
    if (parts === undefined) throw notImported(context, 'its list is made by none of the operators that are imported');
    if (op === 'SequenceAt') return [at(context, parts)];
    const axis = attributes.integer('axis', 0);
    const isNew = attributes.integer('new_axis', 0) === 1;
    const joined = isNew
      ? parts.map((part) => reshapeLaidOut(context.builder, part, unsqueezedShape(shapeOf(part), [axis])))
      : parts;
    return [shaping.Concat?.({ ...context, inputs: joined })].flat().filter((one) => one !== undefined);
  }
}

function at(context: OperationContext, parts: readonly LaidOut[]): LaidOut {
  const position = constantOf(context, 1).values[0] ?? 0;
  const part = parts[position < 0 ? position + parts.length : position];
  if (part === undefined) throw new RangeError(`there is no place ${position} in a list of ${parts.length}`);
  return part;
}

/** By the sizes given, or by one size of which the last part may have less; else each place of the axis alone. */
function split(context: OperationContext): LaidOut[] {
  const { inputs, attributes, builder } = context;
  const x = inputOf(context);
  const shape = shapeOf(x);
  const axis = resolveAxis(attributes.integer('axis', 0), shape.length);
  const length = shape[axis] as number;
  const given = inputs[1] === undefined ? undefined : constantOf(context, 1);
  const isList = given !== undefined && given.shape.length > 0;
  const size = isList ? 1 : (given?.values[0] ?? 1);
  if (!(size >= 1)) throw new RangeError(`an axis of ${length} is not split into parts of ${size}`);
  if (!isList && length / size > mostParts) throw new RangeError(`it makes more than ${mostParts} parts`);
  const sizes = isList
    ? Array.from(given.values)
    : Array.from({ length: Math.ceil(length / size) }, (_, part) => Math.min(size, length - part * size));
  if (sizes.reduce((sum, count) => sum + count, 0) !== length || sizes.some((count) => count < 1))
    throw new RangeError(`an axis of ${length} is not split into [${sizes}]`);
  const dropsAxis = given === undefined && attributes.integer('keepdims', 1) === 0;
  let start = 0;
  return sizes.map((count) => {
    const part = take(
      context,
      x,
      shape.map((whole, other) => (other === axis ? { start, step: 1, count } : { start: 0, step: 1, count: whole })),
    );
    start += count;
    return dropsAxis ? reshapeLaidOut(builder, part, squeezedShape(shapeOf(part), [axis])) : part;
  });
}

/** Of a constant, such as a shape, at once: what is made of it has to be known. */
function take(context: OperationContext, x: LaidOut, ranges: readonly SliceRange[]): LaidOut {
  const node = plain(context.builder, x);
  if (!isConstant(x.node) || !isConstant(node)) return takeRanges(context, x, ranges);
  const { values, shape } = sliceValues(asKnown(node), ranges);
  return laidPlain(context.builder.constant('part', values, shape));
}
