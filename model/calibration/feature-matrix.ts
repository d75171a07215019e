import { tileRows } from '../kernels/tile-rows.ts';
import { type MatrixKernels, matrixKernels } from './matrix-kernels.ts';

/** Rows of a matrix from `from` up to `to`, which is not among them. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

const pageInBytes = 65_536;
const floatInBytes = Float32Array.BYTES_PER_ELEMENT;
/** A block and its packed copy stay in the second-level cache. */
const rowsPerBlock = 64;

/** How threads compute on the same rows. */
interface MatrixSharing {
  /** How many at the same time at most, each in an area of its own. */
  readonly threads: number;
  /** Which of them this one is, from 0 on. */
  readonly thread: number;
  /** Where the rows lie already. */
  readonly memory: WebAssembly.Memory;
}

/** A matrix as other threads get it; fit for a structured clone, which copies none of its rows. */
export interface SharedMatrix extends Omit<MatrixSharing, 'thread'> {
  readonly rows: number;
  readonly features: number;
  readonly labels: number;
}

type Area = 'weights' | 'panels' | 'bias' | 'zeros' | 'scores' | 'turned' | 'block' | 'part' | 'sum';

/**
 * The features of photos, a row each, on the memory that the kernels compute on: 100,000 rows of 1,872 features are
 * 750 MB, and there is no second copy of them. Threads share the rows, and each computes in an area of its own behind them.
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
  readonly #kernels: MatrixKernels;
  readonly #floats: Float32Array;
  /** Of a block: one array for all of them, where millions would keep the garbage collector busy. */
  readonly #scores: Float32Array;
  readonly #addresses: Readonly<Record<Area, number>>;
  readonly #threads: number;
  readonly #memory: WebAssembly.Memory;

  constructor(
    rows: number,
    features: number,
    labels: number,
    { threads = 1, thread = 0, memory }: Partial<MatrixSharing> = {},
  ) {
    this.rows = rows;
    this.features = features;
    this.mostLabels = labels;
    const columns = roundUp(features);
    const width = roundUp(labels);
    this.#columns = columns;
    this.#width = width;
    const sizes: Readonly<Record<Area, number>> = {
      weights: columns * width,
      panels: columns * width,
      bias: width,
      zeros: columns,
      scores: rowsPerBlock * width,
      turned: rowsPerBlock * width,
      block: rowsPerBlock * columns,
      part: columns * width,
      sum: columns * width,
    };
    const ofOneThread = Object.values(sizes).reduce((sum, size) => sum + size, 0);
    let end = rows * columns + thread * ofOneThread;
    const addresses = Object.entries(sizes).map(([area, size]) => {
      end += size;
      return [area, (end - size) * floatInBytes];
    });
    this.#addresses = Object.fromEntries(addresses);
    this.#threads = threads;
    this.#memory = memory ?? allocate(rows * columns + threads * ofOneThread);
    this.#kernels = matrixKernels.instantiate(this.#memory);
    this.#floats = new Float32Array(this.#memory.buffer);
    this.#scores = new Float32Array(rowsPerBlock * labels);
  }

  /** The same rows in another thread. */
  static open({ rows, features, labels, ...sharing }: SharedMatrix, thread: number): FeatureMatrix {
    return new FeatureMatrix(rows, features, labels, { ...sharing, thread });
  }

  get shared(): SharedMatrix {
    const { rows, features, mostLabels: labels } = this;
    return { rows, features, labels, threads: this.#threads, memory: this.#memory };
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

/** To a multiple of four, so that what lies behind can be read as vectors. */
function roundUp(count: number): number {
  return Math.ceil(count / 4) * 4;
}

function allocate(floats: number): WebAssembly.Memory {
  const pages = Math.ceil((floats * floatInBytes) / pageInBytes);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

function* blocksOf(ranges: readonly RowRange[]): Generator<RowRange> {
  for (const { from, to } of ranges) {
    for (let first = from; first < to; first += rowsPerBlock)
      yield { from: first, to: Math.min(to, first + rowsPerBlock) };
  }
}
