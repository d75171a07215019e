import { type ModelKernels, modelKernels } from '../kernels/model-kernels.ts';
import { tileRows } from '../kernels/tile-rows.ts';

/** Rows of a matrix from `from` up to `to`, which is not among them. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

const pageInBytes = 65_536;
const floatInBytes = Float32Array.BYTES_PER_ELEMENT;
/** A block and its packed copy stay in the second-level cache. */
const rowsPerBlock = 64;

/**
 * The features of photos, a row each, on the memory that the kernels compute on: 100,000 rows of 1,904 features are
 * 760 MB, and there is no second copy of them.
 */
export class FeatureMatrix {
  readonly rows: number;
  readonly features: number;
  /** How many columns the weights of {@link multiply} have at most. */
  readonly mostLabels: number;
  /** As many as there are features, and zeros up to a multiple of four. */
  readonly #columns: number;
  /** As many as there are labels, and zeros up to a multiple of four. */
  readonly #width: number;
  readonly #kernels: ModelKernels;
  readonly #floats: Float32Array;
  /** Of a block: one array for all of them, where millions would keep the garbage collector busy. */
  readonly #scores: Float32Array;
  readonly #addresses: Readonly<
    Record<'weights' | 'panels' | 'bias' | 'zeros' | 'scores' | 'turned' | 'block' | 'part' | 'sum', number>
  >;

  constructor(rows: number, features: number, labels: number) {
    this.rows = rows;
    this.features = features;
    this.mostLabels = labels;
    const columns = Math.ceil(features / 4) * 4;
    const width = Math.ceil(labels / 4) * 4;
    this.#columns = columns;
    this.#width = width;
    let end = rows * columns;
    const take = (count: number) => {
      const from = end;
      end += Math.ceil(count / 4) * 4;
      return from * floatInBytes;
    };
    this.#addresses = {
      weights: take(columns * width),
      panels: take(columns * width),
      bias: take(width),
      zeros: take(columns),
      scores: take(rowsPerBlock * width),
      turned: take(rowsPerBlock * width),
      block: take(rowsPerBlock * columns),
      part: take(columns * width),
      sum: take(columns * width),
    };
    const pages = Math.ceil((end * floatInBytes) / pageInBytes);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    this.#kernels = modelKernels.instantiate(memory);
    this.#floats = new Float32Array(memory.buffer);
    this.#scores = new Float32Array(rowsPerBlock * labels);
  }

  /** The features of one photo, to be read or written. */
  row(index: number): Float32Array {
    return this.#floats.subarray(index * this.#columns, index * this.#columns + this.features);
  }

  /**
   * Scores of rows: features × weights + bias, block by block. `visit` gets the index of a block's first row and its scores,
   * `labels` a row, which are overwritten by those of the next block.
   * @param weights label after label, one weight a feature
   */
  multiply(
    weights: Float32Array,
    bias: Float32Array,
    ranges: readonly RowRange[],
    visit: (first: number, scores: Float32Array) => void,
  ): void {
    const labels = bias.length;
    this.#setWeights(weights, bias);
    const { scores } = this.#addresses;
    for (const { from, to } of blocksOf(ranges)) {
      this.#score(from, to);
      visit(from, this.#unpad(scores, to - from, labels, { step: this.#width, into: this.#scores }));
    }
  }

  /**
   * As {@link multiply}; what `visit` returns is one number a score, and its product with the features is summed over all
   * rows: label after label, one number a feature.
   */
  multiplyBack(
    weights: Float32Array,
    bias: Float32Array,
    ranges: readonly RowRange[],
    visit: (first: number, scores: Float32Array) => Float32Array,
  ): Float32Array {
    const labels = bias.length;
    this.#setWeights(weights, bias);
    const { scores, turned, block, part, sum, zeros } = this.#addresses;
    const count = labels * this.#columns;
    this.#floats.fill(0, sum / floatInBytes, sum / floatInBytes + count);
    for (const { from, to } of blocksOf(ranges)) {
      const rows = to - from;
      this.#score(from, to);
      const back = visit(from, this.#unpad(scores, rows, labels, { step: this.#width, into: this.#scores }));
      const start = turned / floatInBytes;
      for (let label = 0; label < labels; label++) {
        for (let row = 0; row < rows; row++) {
          this.#floats[start + label * rows + row] = back[row * labels + label] as number;
        }
      }
      this.#kernels.packFloats(from * this.#columns * floatInBytes, block, rows, this.#columns);
      this.#product(turned, block, zeros, part, labels, rows, this.#columns);
      this.#kernels.add(part, sum, sum, count, -Infinity, Infinity);
    }
    const into = new Float32Array(labels * this.features);
    return this.#unpad(sum, labels, this.features, { step: this.#columns, into });
  }

  #setWeights(weights: Float32Array, bias: Float32Array): void {
    const { weights: address, panels, bias: biasAddress } = this.#addresses;
    const width = this.#width;
    const at = address / floatInBytes;
    for (let label = 0; label < bias.length; label++) {
      for (let feature = 0; feature < this.features; feature++) {
        this.#floats[at + feature * width + label] = weights[label * this.features + feature] as number;
      }
    }
    this.#kernels.packFloats(address, panels, this.#columns, width);
    this.#floats.set(bias, biasAddress / floatInBytes);
  }

  #score(from: number, to: number): void {
    const { panels, bias, scores } = this.#addresses;
    this.#product(from * this.#columns * floatInBytes, panels, bias, scores, to - from, this.#columns, this.#width);
  }

  #product(a: number, b: number, bias: number, out: number, rows: number, depth: number, columns: number): void {
    this.#kernels.pointwise(a, b, bias, out, rows, depth, columns, tileRows(rows), -Infinity, Infinity);
  }

  /** Rows without the zeros that fill them up. */
  #unpad(
    address: number,
    rows: number,
    columns: number,
    { step, into }: { readonly step: number; readonly into: Float32Array },
  ): Float32Array {
    const from = address / floatInBytes;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        into[row * columns + column] = this.#floats[from + row * step + column] as number;
      }
    }
    return into.subarray(0, rows * columns);
  }
}

function* blocksOf(ranges: readonly RowRange[]): Generator<RowRange> {
  for (const { from, to } of ranges) {
    for (let first = from; first < to; first += rowsPerBlock)
      yield { from: first, to: Math.min(to, first + rowsPerBlock) };
  }
}
