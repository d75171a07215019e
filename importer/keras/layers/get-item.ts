import { isJsonObject, type JsonObject } from '../../../facts/json-object.ts';
import type { GraphNode } from '../../graph/node.ts';
import { reverse } from '../../graph/rearrange.ts';
import type { LayerConfig } from '../layer-config.ts';
import type { LayerConverter } from './layer-context.ts';
import { OperationArguments } from './operation-arguments.ts';

/** `x[1:5, ..., ::2, 0]`: ranges, single positions, an ellipsis and new axes; forwards, or one by one backwards. */
export const getItem: LayerConverter = (context) => {
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'x', 'tensor');
  const key = given.value(1, 'key', 'slice_spec');
  return takeItem(context.builder, x, (Array.isArray(key) ? key : [key]).map(unwrap), context.config);
};

function takeItem(
  builder: Parameters<LayerConverter>[0]['builder'],
  x: GraphNode,
  key: readonly unknown[],
  config: LayerConfig,
): GraphNode {
  const named = key.filter((item) => item !== null && !isEllipsis(item)).length;
  const rest = Array.from({ length: x.shape.length - named }, () => ({}));
  const at = key.findIndex(isEllipsis);
  const full = at < 0 ? [...key, ...rest] : [...key.slice(0, at), ...rest, ...key.slice(at + 1)];
  const ranges: { begin: number; end: number; step: number }[] = [];
  const shape: number[] = [];
  for (const item of full) {
    if (item === null) {
      shape.push(1);
      continue;
    }
    const range = readRange(item, x.shape[ranges.length] as number, config);
    ranges.push(range);
    if (typeof item !== 'number') shape.push(Math.ceil((range.end - range.begin) / Math.abs(range.step)));
  }
  const reversed = ranges.flatMap(({ step }, axis) => (step === -1 ? [axis] : []));
  const taken = builder.stridedSlice(
    reverse(builder, x, reversed),
    ranges.map(({ begin }) => begin),
    ranges.map(({ end }) => end),
    ranges.map(({ step }) => Math.abs(step)),
  );
  return builder.reshape(taken, shape);
}

function readRange(item: unknown, size: number, config: LayerConfig): { begin: number; end: number; step: number } {
  const fromEnd = (position: number) => (position < 0 ? position + size : position);
  if (typeof item === 'number') {
    const begin = fromEnd(item);
    return { begin, end: begin + 1, step: 1 };
  }
  const { start, stop, step } = isJsonObject(item) ? item : ({} as JsonObject);
  const stride = step ?? 1;
  if (typeof stride !== 'number') throw config.error(`its step is ${JSON.stringify(step)}`);
  if (stride === -1) {
    // As counted from the other end, where the reversed axis is taken forwards.
    const place = (value: unknown, fallback: number) =>
      size - 1 - (typeof value === 'number' ? Math.min(size - 1, Math.max(-1, fromEnd(value))) : fallback);
    return { begin: place(start, size - 1), end: place(stop, -1), step: -1 };
  }
  if (stride < 1) throw config.error(`its step is ${stride}`);
  const clamp = (value: unknown, fallback: number) =>
    Math.min(size, Math.max(0, typeof value === 'number' ? fromEnd(value) : fallback));
  return { begin: clamp(start, 0), end: clamp(stop, size), step: stride };
}

/** Keras 3 marks slices as objects of class `__slice__`; earlier versions wrote their three numbers alone. */
function unwrap(item: unknown): unknown {
  return isJsonObject(item) && item.class_name === '__slice__' ? item.config : item;
}

function isEllipsis(item: unknown): boolean {
  return item === '...' || item === 'Ellipsis' || (isJsonObject(item) && item.class_name === '__ellipsis__');
}
