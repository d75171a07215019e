import { aroundPicture } from '../../graph/around-picture.ts';
import type { GraphBuilder } from '../../graph/graph-builder.ts';
import type { GraphNode } from '../../graph/node.ts';
import type { LayerConverter } from './layer-context.ts';
import { resizeByMatrix } from './resize-matrix.ts';

export const interpolations = ['bilinear', 'nearest', 'bicubic', 'lanczos3', 'lanczos5'] as const;
type ResizingInterpolation = (typeof interpolations)[number];

const resizing: LayerConverter = ({ builder, config, inputs: [x] }) => {
  config.requireChannelsLast();
  const [height, width] = [config.count('height'), config.count('width')];
  if (config.boolean('antialias', false)) throw config.error('it resizes with antialiasing');
  const mode = config.choice('interpolation', interpolations, 'bilinear');
  if (config.boolean('crop_to_aspect_ratio', false))
    return resizeTo(builder, cropToProportions(builder, x, height, width), height, width, mode);
  if (!config.boolean('pad_to_aspect_ratio', false)) return resizeTo(builder, x, height, width, mode);
  if (config.text('fill_mode', 'constant') !== 'constant') throw config.error('its fill_mode is not constant');
  const padded = padToProportions(builder, x, height, width, config.number('fill_value', 0));
  return resizeTo(builder, padded, height, width, mode);
};

const upSampling: LayerConverter = ({ builder, config, inputs: [x] }) => {
  config.requireChannelsLast();
  const [vertical, horizontal] = config.pair('size', 2);
  const [, height = 1, width = 1] = x.shape;
  return resizeTo(
    builder,
    x,
    height * vertical,
    width * horizontal,
    config.choice('interpolation', interpolations, 'nearest'),
  );
};

/** The middle of a picture that is large enough; a smaller one is cropped to the proportions and enlarged. */
const centerCrop: LayerConverter = ({ builder, config, inputs: [x] }) => {
  config.requireChannelsLast();
  const [height, width] = [config.count('height'), config.count('width')];
  const [, rows = 1, columns = 1] = x.shape;
  if (rows >= height && columns >= width) return cropMiddle(builder, x, height, width);
  return resizeTo(builder, cropToProportions(builder, x, height, width), height, width, 'bilinear');
};

/** To this size, by whichever operations the mode needs. */
export function resizeTo(
  builder: GraphBuilder,
  x: GraphNode,
  height: number,
  width: number,
  mode: ResizingInterpolation,
): GraphNode {
  if (x.shape[1] === height && x.shape[2] === width) return x;
  if (mode === 'nearest') return builder.resize('ResizeNearestNeighbor', x, height, width);
  if (mode === 'bilinear') return builder.resize('ResizeBilinear', x, height, width);
  return resizeByMatrix(builder, x, height, width, mode);
}

/** Keras's `crop_to_aspect_ratio`: the largest middle part in the target's proportions. */
function cropToProportions(builder: GraphBuilder, x: GraphNode, height: number, width: number): GraphNode {
  const [, rows = 1, columns = 1] = x.shape;
  const cropRows = Math.max(1, Math.min(rows, Math.trunc((columns * height) / width)));
  const cropColumns = Math.max(1, Math.min(columns, Math.trunc((rows * width) / height)));
  return cropMiddle(builder, x, cropRows, cropColumns);
}

function cropMiddle(builder: GraphBuilder, x: GraphNode, height: number, width: number): GraphNode {
  const [, rows = 1, columns = 1, channels = 1] = x.shape;
  const begin = [0, Math.trunc((rows - height) / 2), Math.trunc((columns - width) / 2), 0];
  return builder.slice(x, begin, [1, height, width, channels]);
}

/** Keras's `pad_to_aspect_ratio`: the same padding on both sides. */
function padToProportions(
  builder: GraphBuilder,
  x: GraphNode,
  height: number,
  width: number,
  value: number,
): GraphNode {
  const [, rows = 1, columns = 1] = x.shape;
  const above = Math.trunc((Math.max(rows, Math.trunc((columns * height) / width)) - rows) / 2);
  const aside = Math.trunc((Math.max(columns, Math.trunc((rows * width) / height)) - columns) / 2);
  return builder.pad(x, aroundPicture([above, above], [aside, aside]), value);
}

export const resizingLayers: Readonly<Record<string, LayerConverter>> = {
  Resizing: resizing,
  UpSampling2D: upSampling,
  CenterCrop: centerCrop,
};
