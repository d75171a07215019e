import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { GraphNode } from '../graph/node.ts';
import type { ExternalData } from './external-data.ts';
import type { OnnxTensor } from './onnx-tensor.ts';
import { placeName } from './place-of.ts';

/** What shapes, masks and the like may come to that are computed from the file's own constants. */
const mostEvaluatedValues = 2 ** 24;
/** Of a convolution in groups there is one for each. */
const mostOperations = 100_000;
/** Weights may be turned over and joined a few times before they reach a layer. */
const mostReadings = 8;

/** The tensors of a file as constants, and how much may be made of them: a small file must not come to a large model. */
export class StoredConstants {
  readonly external: ExternalData;
  readonly #builder: GraphBuilder;
  #evaluated = 0;
  /** How many values of the file's own were read, and how many may be made of them. */
  #read = 0;
  #most = 0;

  constructor(builder: GraphBuilder, external: ExternalData) {
    this.#builder = builder;
    this.external = external;
    this.#allow(0);
  }

  read(tensor: OnnxTensor): GraphNode {
    const values = tensor.values(this.external);
    this.#allow(values.length);
    return this.#builder.constant(placeName(tensor.name) || 'weights', values, tensor.shape);
  }

  /** Counts values that are computed at import. Throws a RangeError where they come to more than a model holds. */
  spend(count: number): number {
    this.#evaluated += count;
    if (this.#evaluated > this.#most) {
      throw new RangeError('its constants come to more than a model holds');
    }
    return count;
  }

  /** Weights of the file itself, not of what it claims, may be turned over and joined before they reach a layer. */
  #allow(read: number): void {
    this.#read += read;
    this.#most = mostEvaluatedValues + mostReadings * this.#read;
    this.#builder.limit({ nodes: mostOperations, values: this.#most });
  }
}
