import type { GraphNode } from '../../graph/node.ts';
import { resizeByMatrices } from '../../graph/resize-by-matrices.ts';
import { requireReasonableShape, resolveAxis } from '../../graph/shape.ts';
import { channelsLast, type LaidOut, picture, shapeOf } from '../laid-out.ts';
import {
  inputOf,
  notImported,
  numbersOf,
  type OperationContext,
  type OperationConverter,
} from '../operation-context.ts';
import { type AxisResize, type Interpolation, interpolations, resizeMatrix } from '../resize-weights.ts';

/** Rows and columns of a picture become others by two products with constants, one for each axis. */
const resize: OperationConverter = (context) => {
  const { attributes, opset } = context;
  const x = inputOf(context);
  const shape = shapeOf(x);
  const coordinates = attributes.text('coordinate_transformation_mode', opset < 11 ? 'asymmetric' : 'half_pixel');
  const mode = attributes.text('mode', 'nearest');
  if (attributes.text('keep_aspect_ratio_policy', 'stretch') !== 'stretch')
    throw notImported(context, 'it keeps proportions');
  const isAntialiased = attributes.integer('antialias', 0) === 1;
  const axes = attributes.integers('axes')?.map((axis) => resolveAxis(axis, shape.length)) ?? [...shape.keys()];
  const [scales, sizes] =
    opset < 11 ? [numbersOf(context, 1), undefined] : [numbersOf(context, 2), numbersOf(context, 3)];
  const along = (axis: number): AxisResize => {
    const at = axes.indexOf(axis);
    const source = shape[axis] as number;
    const size = at === -1 ? source : sizes !== undefined && sizes.length > 0 ? sizes[at] : undefined;
    const scale = at === -1 ? 1 : size === undefined ? scales?.[at] : size / source;
    if (scale === undefined || !(scale > 0)) throw notImported(context, 'it does not say how large its result is');
    return { source, target: size ?? Math.floor(source * scale), scale };
  };
  return resizePicture(context, x, along, {
    mode: named(context, mode),
    coordinates,
    rounding: attributes.text('nearest_mode', opset < 11 ? 'floor' : 'round_prefer_floor'),
    cubic: attributes.float('cubic_coeff_a', -0.75),
    excludesOutside: attributes.integer('exclude_outside', 0) === 1,
    isAntialiased,
  });
};

/** What Resize was called before opset 10. */
const upsample: OperationConverter = (context) => {
  const { attributes } = context;
  const x = inputOf(context);
  const scales = numbersOf(context, 1) ?? attributes.floats('scales') ?? [];
  const shape = shapeOf(x);
  const along = (axis: number): AxisResize => {
    const [source, scale] = [shape[axis] as number, scales[axis] ?? 1];
    return { source, target: Math.floor(source * scale), scale };
  };
  const mode = named(context, attributes.text('mode', 'nearest'));
  return resizePicture(context, x, along, {
    mode,
    coordinates: 'asymmetric',
    rounding: 'floor',
    cubic: -0.75,
    excludesOutside: false,
    isAntialiased: false,
  });
};

function named(context: OperationContext, mode: string): 'nearest' | 'linear' | 'cubic' {
  if (mode === 'nearest' || mode === 'linear' || mode === 'cubic') return mode;
  throw notImported(context, `its mode is ${mode}`);
}

/** Far more than any classifier has; the weights of each place are worked out one by one, so that millions take seconds. */
const mostPlaces = 2 ** 14;

function resizePicture(
  context: OperationContext,
  x: LaidOut,
  along: (axis: number) => AxisResize,
  way: Interpolation,
): LaidOut {
  const { builder } = context;
  const node: GraphNode = picture(builder, x);
  const [batch, channels, rows, columns] = [along(0), along(1), along(2), along(3)];
  if (batch.target !== 1 || channels.target !== channels.source) throw notImported(context, 'it changes the channels');
  if (!interpolations.includes(way.coordinates)) throw notImported(context, `its coordinates are ${way.coordinates}`);
  requireReasonableShape([1, rows.target, columns.target, channels.target]);
  if (rows.target < 1 || columns.target < 1) throw notImported(context, 'its result would be empty');
  const longest = Math.max(rows.target, columns.target);
  if (longest > mostPlaces) throw notImported(context, `a side of its result has ${longest} places`);
  if (isWhole(rows) && isWhole(columns)) return { node, order: channelsLast };
  const resized = resizeByMatrices(builder, node, resizeMatrix(rows, way), resizeMatrix(columns, way));
  return { node: resized, order: channelsLast };
}

function isWhole({ source, target, scale }: AxisResize): boolean {
  return source === target && scale === 1;
}

export const resizing: Readonly<Record<string, OperationConverter>> = { Resize: resize, Upsample: upsample };
