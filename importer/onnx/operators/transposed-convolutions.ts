import type { ConstantNode, GraphNode, Window } from '../../graph/node.ts';
import { spreadKernel } from '../../graph/spread-kernel.ts';
import {
  constantOf,
  inputOf,
  notImported,
  type OperationContext,
  type OperationConverter,
} from '../operation-context.ts';
import { asPicture, fromPicture, pairOf, readPads } from './convolutions.ts';

/**
 * Kernel [channels in, filters of a group, height, width], one axis less where it goes along one alone; the result is made
 * larger as the gradient of a convolution is.
 */
const convolveTransposed: OperationConverter = (context) => {
  const { builder, attributes, inputs } = context;
  const { x, isLine } = asPicture(context, inputOf(context));
  const kernel = constantOf(context, 1);
  if (attributes.text('auto_pad', 'NOTSET') !== 'NOTSET' || attributes.has('output_shape')) {
    throw notImported(context, 'it names the size of its result or an auto_pad');
  }
  const [channelsIn = 0, filters = 0, ...spans] = kernel.shape;
  const [height, width] = pairOf(spans, 1);
  const strides = pairOf(attributes.integers('strides'), 1);
  const dilations = pairOf(attributes.integers('dilations'), 1);
  const isSound = [...strides, ...dilations, height, width].every((steps) => steps >= 1 && steps <= 2 ** 16);
  if (!isSound) throw notImported(context, `its strides are [${strides}], its dilations [${dilations}]`);
  const extra = pairOf(attributes.integers('output_padding'), 0);
  const pads = readPads(context);
  const groups = attributes.integer('group', 1);
  const [, rows = 0, columns = 0, channels = 0] = x.shape;
  if (channels !== channelsIn || groups < 1 || channels % groups !== 0) {
    throw notImported(context, `its kernel of [${kernel.shape}] does not fit ${channels} channels in ${groups} groups`);
  }
  const along = (axis: 0 | 1, size: number, kernelSize: number, padding: number) =>
    strides[axis] * (size - 1) + extra[axis] + (kernelSize - 1) * dilations[axis] + 1 - padding;
  const size = [
    along(0, rows, height, pads.top + pads.bottom),
    along(1, columns, width, pads.left + pads.right),
  ] as const;
  // What output_padding adds comes after the end, where the convolution whose gradient this is saw more of the picture.
  const padding = { ...pads, bottom: pads.bottom - extra[0], right: pads.right - extra[1] };
  if (padding.bottom < 0 || padding.right < 0)
    throw notImported(context, 'its output_padding is more than its padding');
  if (filters < 1 || size.some((side) => side < 1)) throw notImported(context, 'its result would be empty');
  const window: Window = { strides, dilations: [1, 1], padding };
  const shaped = builder.reshape(kernel, [channelsIn, filters, height, width]);
  const node = inGroups(context, x, shaped as ConstantNode, { groups, size, dilations, window });
  const bias = inputs[2] && constantOf(context, 2);
  return fromPicture(context, bias === undefined ? node : builder.add(node, bias), isLine);
};

/** Each group of channels makes filters of its own, which lie side by side in the result. */
function inGroups(
  { builder }: OperationContext,
  x: GraphNode,
  kernel: ConstantNode,
  parts: {
    readonly groups: number;
    readonly size: readonly [number, number];
    readonly dilations: readonly [number, number];
    readonly window: Window;
  },
): GraphNode {
  const { groups, size, dilations, window } = parts;
  const [channels = 0, filters = 0, height = 0, width = 0] = kernel.shape;
  const perGroup = channels / groups;
  const count = perGroup * filters * height * width;
  const results = Array.from({ length: groups }, (_, group) => {
    const [, rows = 0, columns = 0] = x.shape;
    const seen = builder.slice(x, [0, 0, 0, group * perGroup], [1, rows, columns, perGroup]);
    const own =
      groups === 1
        ? kernel
        : builder.constant(`kernel_${group}`, kernel.values.slice(group * count, (group + 1) * count), [
            perGroup,
            filters,
            height,
            width,
          ]);
    const turned = builder.transpose(own, [2, 3, 1, 0]);
    return builder.conv2dTranspose(seen, spreadKernel(builder, turned, dilations), size, window);
  });
  return builder.concat(results, 3);
}

export const transposedConvolutions: Readonly<Record<string, OperationConverter>> = {
  ConvTranspose: convolveTransposed,
};
