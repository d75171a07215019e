import type { ExplicitPadding, GraphNode, Window } from '../graph/node.ts';
import {
  inputOf,
  notImported,
  type OperationContext,
  type OperationConverter,
  wholeNumbers,
} from './operation-context.ts';

type Pair = readonly [number, number];
type Dilated = Pick<Window, 'dilations' | 'padding'>;

/** A tensor between SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND, kept as the picture that it stands for. */
interface InBatchSpace {
  readonly block: Pair;
  /** Zeros that were put around `source`, none where the picture is a convolution's result already. */
  readonly source?: { readonly x: GraphNode; readonly padding: ExplicitPadding };
  /** The same result from a source with other zeros around it. */
  readonly withPadding?: (padding: ExplicitPadding) => GraphNode;
  readonly padding?: ExplicitPadding;
}

const pointByPoint = new Set([
  'ADD',
  'SUB',
  'MUL',
  'RELU',
  'RELU6',
  'LEAKY_RELU',
  'LOGISTIC',
  'TANH',
  'HARD_SWISH',
  'ELU',
]);
const convolving = new Set(['CONV_2D', 'DEPTHWISE_CONV_2D']);

/**
 * A dilated convolution as older converters write it: the picture is dealt out into a batch of smaller ones, convolved
 * plainly and put together again. Here the picture stays whole and the convolution is dilated by the block, which is the
 * same (F. Yu and V. Koltun, "Multi-Scale Context Aggregation by Dilated Convolutions", 2016).
 */
export class BatchSpace {
  readonly #known = new Map<GraphNode, InBatchSpace>();

  /** Whether the shape that the file gives a node is not that of the whole picture. */
  has(node: GraphNode): boolean {
    return this.#known.has(node);
  }

  /** The operation's result where batch space concerns it, undefined elsewhere. */
  convert(context: OperationContext, converter: OperationConverter | undefined): GraphNode | undefined {
    if (context.name === 'SPACE_TO_BATCH_ND') return this.#enter(context);
    const state = context.inputs.map((input) => input && this.#known.get(input)).find((known) => known !== undefined);
    if (state === undefined) return undefined;
    if (context.name === 'BATCH_TO_SPACE_ND') return this.#leave(context, state);
    if (converter !== undefined && convolving.has(context.name)) return this.#convolve(context, converter, state);
    if (converter === undefined || !pointByPoint.has(context.name)) {
      throw notImported(context, 'it stands between SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND');
    }
    const result = converter(context) as GraphNode;
    this.#known.set(result, this.#after(context, converter, state));
    return result;
  }

  #enter(context: OperationContext): GraphNode {
    const x = inputOf(context);
    const [blockY = 1, blockX = 1] = wholeNumbers(context, 1);
    const [top = 0, bottom = 0, left = 0, right = 0] = wholeNumbers(context, 2);
    if (x.shape.length !== 4) throw notImported(context, 'it is not about pictures');
    const padding = { top, bottom, left, right };
    const padded = context.builder.pad(x, [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]);
    // A node of its own, so that others who use the same picture are not taken to be in batch space.
    const marked = { ...padded };
    this.#known.set(marked, { block: [blockY, blockX], source: { x, padding } });
    return marked;
  }

  #convolve(context: OperationContext, converter: OperationConverter, { block, source }: InBatchSpace): GraphNode {
    const dilated = (x: GraphNode, window: Dilated) =>
      converter({ ...context, inputs: [x, ...context.inputs.slice(1)], window }) as GraphNode;
    const result = dilated(inputOf(context), { dilations: block, padding: 'VALID' });
    this.#known.set(result, {
      block,
      ...(source && {
        padding: source.padding,
        withPadding: (padding: ExplicitPadding) => dilated(source.x, { dilations: block, padding }),
      }),
    });
    return result;
  }

  /** What follows a convolution point by point follows it with other padding as well; two pictures may not fit then. */
  #after(context: OperationContext, converter: OperationConverter, state: InBatchSpace): InBatchSpace {
    const { block, padding, withPadding } = state;
    const pictures = context.inputs.filter((input) => input !== undefined && this.#known.has(input));
    if (withPadding === undefined || padding === undefined || pictures.length !== 1) return { block };
    const swap = (zeros: ExplicitPadding) =>
      context.inputs.map((input) => (input === pictures[0] ? withPadding(zeros) : input));
    return {
      block,
      padding,
      withPadding: (zeros) => converter({ ...context, inputs: swap(zeros) }) as GraphNode,
    };
  }

  #leave(context: OperationContext, { withPadding, padding }: InBatchSpace): GraphNode {
    const x = inputOf(context);
    const [top = 0, bottom = 0, left = 0, right = 0] = wholeNumbers(context, 2);
    if (withPadding !== undefined && padding !== undefined) {
      const less = {
        top: padding.top - top,
        bottom: padding.bottom - bottom,
        left: padding.left - left,
        right: padding.right - right,
      };
      if (Object.values(less).every((zeros) => zeros >= 0)) return withPadding(less);
    }
    const [batch = 1, height = 0, width = 0, channels = 0] = x.shape;
    const cropped = [batch, height - top - bottom, width - left - right, channels];
    // Never the node itself, which is still known as one of batch space.
    return { ...context.builder.slice(x, [0, top, left, 0], cropped) };
  }
}
