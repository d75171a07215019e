import { pick } from '../../graph/rearrange.ts';
import type { LayerConverter } from './layer-context.ts';
import { OperationArguments } from './operation-arguments.ts';

/** Zeros or a value around, or the picture's own edge mirrored, with the outermost pixel twice or once. */
export const padding: LayerConverter = (context) => {
  const { builder, config } = context;
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'x', 'tensor');
  const width = given.value(-1, 'pad_width', 'paddings');
  const amounts = x.shape.map((_, axis) => {
    const pair = Array.isArray(width) ? (Array.isArray(width[axis]) ? width[axis] : width) : [width, width];
    const [before = 0, after = before] = pair as number[];
    return [before, after] as const;
  });
  if (!amounts.flat().every((amount) => Number.isInteger(amount) && amount >= 0 && amount <= 2 ** 16)) {
    throw config.error(`its widths are ${JSON.stringify(width)}`);
  }
  const mode = String(given.value(-1, 'mode') ?? 'constant').toLowerCase();
  if (mode === 'constant') {
    const value = given.value(1, 'constant_values') ?? 0;
    if (typeof value !== 'number') throw config.error(`its values are ${JSON.stringify(value)}`);
    return builder.pad(x, amounts, value);
  }
  if (mode !== 'reflect' && mode !== 'symmetric') throw config.error(`its mode is ${mode}`);
  return amounts.reduce((padded, [before, after], axis) => {
    if (before + after === 0) return padded;
    const length = x.shape[axis] as number;
    const edge = mode === 'reflect' ? 1 : 0;
    if (Math.max(before, after) > length - edge) throw config.error('it mirrors more than there is');
    const positions = Array.from({ length: before + length + after }, (_, at) => {
      const from = at - before;
      return from < 0 ? -from - 1 + edge : from < length ? from : 2 * length - from - 1 - edge;
    });
    return pick(builder, padded, axis, positions);
  }, x);
};
