import type { StoredNode } from '../../graph/graph-file.ts';
import { readNumbers, type StoredWeight } from '../../graph/stored-weights.ts';
import type { Storage } from '../arena.ts';
import { everything, type Range } from '../fusion.ts';
import { countOf, type Planner, type PlanTensor } from '../planner.ts';

type Arithmetic = 'add' | 'multiply' | 'subtract' | 'divide';

/** A tensor and a constant of one number, or of one number a channel, as x · scale + offset. */
export function planAffine(node: StoredNode, planner: Planner, operation: Arithmetic): PlanTensor | undefined {
  const isConstantFirst = planner.weight(node, 0) !== undefined;
  const x = planner.input(node, isConstantFirst ? 1 : 0);
  const weight = planner.weight(node, isConstantFirst ? 0 : 1);
  const channels = x?.shape.at(-1) ?? 0;
  const pattern = channels % 4 === 0 ? channels : channels * 4;
  if (x === undefined || weight === undefined || countOf(x.shape) % pattern !== 0) return undefined;
  const numbers = numbersPerChannel(weight, channels);
  const factors = numbers && toFactors(operation, isConstantFirst, numbers);
  if (factors === undefined) return undefined;
  const repeated = (values: readonly number[]) =>
    planner.numbers(Float32Array.from({ length: pattern }, (_, at) => values[at % channels] as number));
  const [scale, offset] = [repeated(factors.scale), repeated(factors.offset)];
  return planScaled(x, { scale, offset, channels: pattern, range: everything }, planner);
}

/** A map times one number a channel that is itself computed, as squeeze-and-excite has it. */
export function planScaling(map: PlanTensor, factors: PlanTensor, planner: Planner): PlanTensor | undefined {
  const channels = map.shape.at(-1) as number;
  if (channels % 4 !== 0 || countOf(factors.shape) !== channels || factors.shape.at(-1) !== channels) return undefined;
  // [1, channels] would stand for the columns of a picture, not for its places.
  if (factors.shape.length !== map.shape.length) return undefined;
  const offset = planner.numbers(new Float32Array(channels));
  return planScaled(map, { scale: factors.storage, offset, channels, range: everything }, planner);
}

export interface Scaling {
  /** One number a channel each. */
  readonly scale: Storage;
  readonly offset: Storage;
  /** A multiple of four. */
  readonly channels: number;
  readonly range: Range;
}

/** x · scale + offset, clamped. */
export function planScaled(
  x: PlanTensor,
  { scale, offset, channels, range: [low, high] }: Scaling,
  planner: Planner,
): PlanTensor {
  const places = countOf(x.shape) / channels;
  const out = planner.allocate(countOf(x.shape));
  planner.step([x.storage, scale, out], ({ affine }) => () => {
    affine(x.storage.address, scale.address, offset.address, out.address, places, channels * 4, low, high);
  });
  return { shape: x.shape, storage: out };
}

/** A constant's numbers, one a channel; undefined where it has other axes than the last. */
function numbersPerChannel(weight: StoredWeight, channels: number): readonly number[] | undefined {
  const { shape } = weight.entry;
  const count = countOf(shape);
  const numbers = count === 1 || (count === channels && shape.at(-1) === channels) ? readNumbers(weight) : undefined;
  return numbers && Array.from({ length: channels }, (_, channel) => numbers[count === 1 ? 0 : channel] as number);
}

function toFactors(operation: Arithmetic, isConstantFirst: boolean, numbers: readonly number[]) {
  const all = (value: number) => numbers.map(() => value);
  switch (operation) {
    case 'add':
      return { scale: all(1), offset: numbers };
    case 'multiply':
      return { scale: numbers, offset: all(0) };
    case 'subtract':
      if (isConstantFirst) return { scale: all(-1), offset: numbers };
      return { scale: all(1), offset: numbers.map((number) => -number) };
    case 'divide':
      return isConstantFirst ? undefined : { scale: numbers.map((number) => 1 / number), offset: all(0) };
  }
}
