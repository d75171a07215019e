import type { Shape } from '../graph/node.ts';
import { countValues } from '../graph/shape.ts';

/** The shape that Reshape asks for: 0 keeps an axis unless zeros are allowed, -1 takes what is left. */
export function targetOfReshape(source: Shape, wanted: readonly number[], allowsZero: boolean): number[] {
  const sizes = wanted.map((size, axis) => (size === 0 && !allowsZero ? (source[axis] ?? 0) : size));
  const known = sizes.reduce((product, size) => (size === -1 ? product : product * size), 1);
  const isSound = sizes.filter((size) => size === -1).length <= 1 && sizes.every((size) => size >= -1) && known > 0;
  const target = sizes.map((size) => (size === -1 ? countValues(source) / known : size));
  if (isSound && target.every(Number.isInteger)) return target;
  throw new RangeError(`a tensor of [${source}] cannot take the shape [${wanted}]`);
}
