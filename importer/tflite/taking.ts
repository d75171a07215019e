import { pick, reverse } from '../graph/rearrange.ts';
import { resolveAxis } from '../graph/shape.ts';
import { inputOf, notImported, type OperationConverter, wholeNumbers } from './operation-context.ts';

const slice: OperationConverter = (context) => {
  const { shape } = inputOf(context);
  const begin = wholeNumbers(context, 1);
  const size = wholeNumbers(context, 2).map((count, axis) =>
    count === -1 ? (shape[axis] as number) - (begin[axis] as number) : count,
  );
  return context.builder.slice(inputOf(context), begin, size);
};

/** Where a slice of one axis begins and ends; for a step backwards, as counted from the other end. */
interface AxisRange {
  readonly begin: number;
  readonly end: number;
  readonly step: number;
  readonly isBackwards: boolean;
}

/** Masks are sets of bits, one an axis (tf.strided_slice). */
const stridedSlice: OperationConverter = (context) => {
  const { builder, options } = context;
  const x = inputOf(context);
  const has = (field: number, axis: number) => (((options?.int32(field) ?? 0) >> axis) & 1) === 1;
  if ((options?.int32(2) ?? 0) !== 0 || (options?.int32(3) ?? 0) !== 0) throw notImported(context, 'it adds axes');
  const [from, to, steps] = [wholeNumbers(context, 1), wholeNumbers(context, 2), wholeNumbers(context, 3)];
  if (steps.includes(0)) throw notImported(context, 'its step is 0');
  const ranges = x.shape.map((size, axis): AxisRange => {
    const step = steps[axis] ?? 1;
    const first = has(0, axis) ? undefined : from[axis];
    // Of a single position that is taken out, neither end nor step counts.
    if (has(4, axis)) {
      const begin = clamp(first ?? 0, size, 0, size - 1);
      return { begin, end: begin + 1, step: 1, isBackwards: false };
    }
    const last = has(1, axis) ? undefined : to[axis];
    if (step > 0) {
      const [begin, end] = [clamp(first ?? 0, size, 0, size), last === undefined ? size : clamp(last, size, 0, size)];
      return { begin, end, step, isBackwards: false };
    }
    const [begin, end] = [
      first === undefined ? size - 1 : clamp(first, size, -1, size - 1),
      last === undefined ? -1 : clamp(last, size, -1, size - 1),
    ];
    return { begin: size - 1 - begin, end: size - 1 - end, step: -step, isBackwards: true };
  });
  const backwards = ranges.flatMap(({ isBackwards }, axis) => (isBackwards ? [axis] : []));
  const sliced = builder.stridedSlice(
    reverse(builder, x, backwards),
    ranges.map(({ begin }) => begin),
    ranges.map(({ end }) => end),
    ranges.map(({ step }) => step),
  );
  return builder.reshape(
    sliced,
    sliced.shape.filter((_, axis) => !has(4, axis)),
  );
};

/** A position from the end where it is negative, within these bounds. */
function clamp(value: number, size: number, lowest: number, highest: number): number {
  return Math.min(Math.max(value < 0 ? value + size : value, lowest), highest);
}

const reverseAxes: OperationConverter = (context) => {
  const x = inputOf(context);
  return reverse(context.builder, x, wholeNumbers(context, 1));
};

/** Positions of one axis, in any order. */
const gather: OperationConverter = (context) => {
  const { builder, inputs, options } = context;
  const x = inputOf(context);
  const axis = resolveAxis(options?.int32(0) ?? 0, x.shape.length);
  if ((options?.int32(1) ?? 0) !== 0) throw notImported(context, 'it takes other positions for each batch');
  const positions = wholeNumbers(context, 1);
  const size = x.shape[axis] as number;
  if (positions.some((position) => position < 0 || position >= size)) {
    throw notImported(context, 'it takes what is not there');
  }
  const among = inputs[1]?.shape ?? [];
  return builder.reshape(pick(builder, x, axis, positions), x.shape.toSpliced(axis, 1, ...among));
};

/** Operators that take parts of a tensor, or turn it around. */
export const taking: Readonly<Record<string, OperationConverter>> = {
  SLICE: slice,
  STRIDED_SLICE: stridedSlice,
  REVERSE_V2: reverseAxes,
  GATHER: gather,
};
