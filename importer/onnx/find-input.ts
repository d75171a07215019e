import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { GraphNode } from '../graph/node.ts';
import { countValues } from '../graph/shape.ts';
import { ImportError } from '../import-error.ts';
import type { ReadOptions } from '../model-reader.ts';
import { channelsLast, type LaidOut, laidPlain } from './laid-out.ts';
import type { OnnxGraph, OnnxNode, OnnxValueInfo } from './onnx-model.ts';
import { shorten } from './onnx-tensor.ts';

/** 2364 x 2364 pixels of three channels. */
const mostInputValues = 2 ** 24;

export interface OnnxInput {
  readonly name: string;
  /** Channels last, as the service makes it of a photo. */
  readonly node: GraphNode;
  /** As the file takes it. */
  readonly fed: LaidOut;
}

/** The one input that is a photo, whichever way round its axes are. Throws an {@link ImportError} where there is none. */
export function findInput(
  builder: GraphBuilder,
  { inputs, initializers }: OnnxGraph,
  nodes: readonly OnnxNode[],
  { size }: ReadOptions,
): OnnxInput {
  // Before IR version 4 every initialiser was an input too.
  const used = new Set(nodes.flatMap((node) => node.inputs));
  const own = inputs.filter(({ name }) => !initializers.has(name));
  const relevant = own.filter(({ name }) => used.has(name));
  const [input] = relevant.length === 0 ? own : relevant;
  if (input === undefined || relevant.length > 1) {
    throw new ImportError(
      `The model takes ${relevant.length} inputs, where a classifier of photos takes one.`,
      'Give the other inputs a fixed value before the export.',
    );
  }
  if (input.shape?.length === 2) return findFlattened(builder, input, size);
  // One photo without a batch around it is a batch of one.
  const isAlone = input.shape?.length === 3;
  const shape = isAlone ? [1, ...(input.shape ?? [])] : input.shape;
  if (shape === undefined || shape.length !== 4) {
    throw new ImportError(
      `The model takes a tensor of [${shape?.map((side) => side ?? '?') ?? '?'}], not a picture.`,
      'A picture is [1, 3, height, width], or [1, height, width, 3]. Models of tables or text are not imported.',
    );
  }
  requireSingle({ ...input, shape });
  const isLast = hasChannelsLast(input.name, shape, nodes);
  const [channels, height, width] = isLast ? [shape[3], shape[1], shape[2]] : [shape[1], shape[2], shape[3]];
  if ((height === undefined || width === undefined) && size === undefined) {
    throw new ImportError(
      'The model leaves the size of its photos open.',
      'Say which it was trained on: --size 224x224.',
    );
  }
  const sizes = [1, height ?? size?.height ?? 1, width ?? size?.width ?? 1, channels ?? 3];
  if (countValues(sizes) > mostInputValues)
    throw new ImportError(
      `The model takes photos of ${sizes[2]} x ${sizes[1]} pixels.`,
      `No classifier takes more than ${mostInputValues} values; the file is damaged, or another --size is meant.`,
    );
  const node = builder.input('input', sizes);
  if (!isAlone) return { name: input.name, node, fed: { node, order: isLast ? [0, 1, 2, 3] : channelsLast } };
  return {
    name: input.name,
    node,
    fed: { node: builder.reshape(node, sizes.slice(1)), order: isLast ? [0, 1, 2] : [1, 2, 0] },
  };
}

/** A photo as one row of numbers, pixel by pixel and the channels of each side by side, as NumPy flattens it. */
function findFlattened(builder: GraphBuilder, input: OnnxValueInfo, size: ReadOptions['size']): OnnxInput {
  requireSingle(input);
  const count = input.shape?.[1];
  if (size === undefined || count === undefined) {
    throw new ImportError(
      `The model takes a row of ${count ?? 'any number of'} numbers, not a picture.`,
      'Where they are the pixels of a photo, flattened row by row, say its size: --size 32x32. Models of tables or text are not imported.',
    );
  }
  const channels = count / (size.width * size.height);
  if ((channels !== 1 && channels !== 3) || count > mostInputValues) {
    throw new ImportError(
      `The model takes a row of ${count} numbers, which are no ${size.width} x ${size.height} pixels of one or three channels.`,
      'Say the size of the photos before they were flattened: --size 32x32.',
    );
  }
  const node = builder.input('input', [1, size.height, size.width, channels]);
  return { name: input.name, node, fed: laidPlain(builder.reshape(node, [1, count])) };
}

function requireSingle({ name, shape }: OnnxValueInfo): void {
  const batch = shape?.[0];
  if (batch === undefined || batch === 1) return;
  throw new ImportError(
    `The model's input ${shorten(name)} is a batch of ${batch} photos.`,
    'Export it with a batch of 1 or an open one (dynamic_axes, or dynamic_shapes).',
  );
}

/** By the axis that is 1 or 3 long; where both are, by whether the model begins by turning its input. */
function hasChannelsLast(name: string, shape: readonly (number | undefined)[], nodes: readonly OnnxNode[]): boolean {
  const isChannels = (size: number | undefined) => size === 1 || size === 3;
  const [first, last] = [isChannels(shape[1]), isChannels(shape[3])];
  if (first !== last) return last;
  return nodes.some(
    ({ op, inputs, attributes }) =>
      op === 'Transpose' && inputs[0] === name && attributes.integers('perm')?.join() === '0,3,1,2',
  );
}
