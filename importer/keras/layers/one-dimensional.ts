import type { JsonObject } from '../../../facts/json-object.ts';
import { aroundPicture } from '../../graph/around-picture.ts';
import type { GraphNode } from '../../graph/node.ts';
import { convolutionLayers } from './convolution.ts';
import type { LayerContext, LayerConverter } from './layer-context.ts';
import { poolingLayers } from './pooling.ts';
import { resizingLayers } from './resizing.ts';
import { shapingLayers } from './shaping.ts';
import { transposedConvolutionLayers } from './transposed-convolution.ts';

/** Arguments that tell a length here and a height and width in two dimensions. */
const lengths = ['kernel_size', 'strides', 'dilation_rate', 'pool_size', 'size'];

/** A layer for [batch, length, channels] as its sibling for pictures, applied to a picture of one row. */
function inOneRow(sibling: string): LayerConverter {
  return (context) => {
    const { builder, config, variables } = context;
    const [x] = context.inputs;
    config.requireChannelsLast();
    if (x.shape.length !== 3) throw config.error(`it is applied to a tensor of [${x.shape}]`);
    const values: Record<string, unknown> = { ...config.values };
    for (const key of lengths) {
      if (values[key] !== undefined && values[key] !== null) values[key] = [1, [values[key]].flat()[0]];
    }
    if (values.output_padding !== undefined && values.output_padding !== null)
      values.output_padding = [0, [values.output_padding].flat()[0]];
    const row = builder.reshape(x, [1, 1, ...x.shape.slice(1)]);
    const own = { ...context, variables: variables.inOneRow(), inputs: [padCausally(context, row, values)] as const };
    const result = siblings[sibling]?.({ ...own, config: config.with({ values }) }) as GraphNode;
    return builder.reshape(result, [1, ...result.shape.slice(2)]);
  };
}

/** Padding of one dimension may come before the first value only, so that none sees what follows it. */
function padCausally({ builder, config }: LayerContext, row: GraphNode, values: Record<string, unknown>): GraphNode {
  if (values.padding !== 'causal') return row;
  values.padding = 'valid';
  const span = (config.integers('kernel_size')[0] as number) - 1;
  const before = span * (config.integers('dilation_rate', [1])[0] as number);
  return builder.pad(row, aroundPicture([0, 0], [before, 0]));
}

/** `padding` or `cropping`: one number, or one for each end. */
const withEnds =
  (sibling: string, key: string): LayerConverter =>
  (context) => {
    const ends = [context.config.values[key] ?? 1].flat() as unknown[];
    const columns = [ends[0], ends[1] ?? ends[0]];
    const rows = [0, 0];
    const values: JsonObject = { ...context.config.values, [key]: [rows, columns] };
    return inOneRow(sibling)({ ...context, config: context.config.with({ values }) });
  };

const pooling =
  (sibling: string): LayerConverter =>
  (context) => {
    const values: JsonObject = { ...context.config.values, pool_size: context.config.values.pool_size ?? 2 };
    return inOneRow(sibling)({ ...context, config: context.config.with({ values }) });
  };

const siblings: Readonly<Record<string, LayerConverter>> = {
  ...convolutionLayers,
  ...poolingLayers,
  ...resizingLayers,
  ...shapingLayers,
  ...transposedConvolutionLayers,
};

export const oneDimensionalLayers: Readonly<Record<string, LayerConverter>> = {
  AveragePooling1D: pooling('AveragePooling2D'),
  Conv1D: inOneRow('Conv2D'),
  Conv1DTranspose: inOneRow('Conv2DTranspose'),
  Cropping1D: withEnds('Cropping2D', 'cropping'),
  DepthwiseConv1D: inOneRow('DepthwiseConv2D'),
  MaxPooling1D: pooling('MaxPooling2D'),
  SeparableConv1D: inOneRow('SeparableConv2D'),
  UpSampling1D: inOneRow('UpSampling2D'),
  ZeroPadding1D: withEnds('ZeroPadding2D', 'padding'),
};
