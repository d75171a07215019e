import type { StoredNode } from '../../graph/graph-file.ts';
import type { Four, Planner, PlanTensor } from '../planner.ts';
import { placeWindow, type WindowPlacement } from '../window.ts';
import { planDepthwiseRows, readDepthwise } from './depthwise.ts';
import { planProduct, readPointwise } from './pointwise.ts';

/** Below this a tensor stays in the cache anyway, and the convolutions are quicker one after the other. */
const smallestWideTensorInFloats = 120_000;
/** What the rows that the depthwise convolution reads at once may take, so that they stay in the second-level cache. */
const bandInFloats = 80_000;

/**
 * A depthwise convolution together with the 1×1 convolution that widens its input and the one that narrows its result,
 * where these are there and nothing else uses what lies between ("inverted residual" of M. Sandler et al., "MobileNetV2",
 * 2018). It goes down the picture in bands of rows, so that the wide tensors between the three never leave the cache, where
 * a whole one would go out to memory and come back twice.
 * @param last the node whose tensor is asked for: the depthwise convolution or the narrowing one
 * @returns undefined where the nodes do not form such a chain, or are too small to profit
 */
export function planBandedDepthwise(last: StoredNode, planner: Planner): PlanTensor | undefined {
  const narrowing = readPointwise(last, planner);
  const node = narrowing === undefined ? last : planner.soleInput(last);
  const depthwise = node && readDepthwise(node, planner);
  if (node === undefined || depthwise === undefined) return undefined;
  const before = planner.soleInput(node);
  const widening = before && readPointwise(before, planner);
  if (widening === undefined && narrowing === undefined) return undefined;

  const { channels, kernelSize } = depthwise;
  const x = planner.input(widening === undefined || before === undefined ? node : before, 0);
  if (x?.shape.length !== 4) return undefined;
  const [, height, width, inChannels] = x.shape as Four;
  const fits =
    (widening === undefined
      ? inChannels === channels
      : widening.depth === inChannels && widening.channels === channels) &&
    (narrowing === undefined || narrowing.depth === channels);
  const window = placeWindow(node, [1, height, width, channels], kernelSize);
  if (!fits || window === undefined || height * width * channels < smallestWideTensorInFloats) return undefined;
  const rowsProduct = planDepthwiseRows(depthwise, window, planner);
  if (rowsProduct === undefined) return undefined;
  const widen = widening && planProduct(widening, planner);
  const narrow = narrowing && planProduct(narrowing, planner);

  const { rows, columns } = window;
  const bands = divide(window, height, kernelSize[0], (columns.before + width + columns.after) * channels);
  const outChannels = narrowing?.channels ?? channels;
  const band = planner.allocate(bands.inputRows * bands.paddedRow);
  const widened = planner.allocate(widen === undefined ? 0 : bands.inputRows * width * channels);
  const convolved = planner.allocate(narrow === undefined ? 0 : bands.rows * columns.outSize * channels);
  const out = planner.allocate(rows.outSize * columns.outSize * outChannels);
  planner.step([x.storage, band, widened, convolved, out], (kernels, floats) => {
    const multiplyWide = widen?.(kernels);
    const multiplyNarrow = narrow?.(kernels);
    const convolve = rowsProduct(kernels, inBytes(bands.paddedRow));
    const { copyPlaces } = kernels;
    const bandStart = band.address / Float32Array.BYTES_PER_ELEMENT;
    const clear = (from: number, to: number) =>
      floats.fill(0, bandStart + from * bands.paddedRow, bandStart + to * bands.paddedRow);
    /** Puts rows of the picture, from `first` on, into the row `at` of the band and those after it. */
    const fetchRows = (first: number, count: number, at: number) => {
      let from = x.storage.address + inBytes(first * width * inChannels);
      if (multiplyWide !== undefined) {
        multiplyWide(from, widened.address, count * width);
        from = widened.address;
      }
      const to = band.address + inBytes(at * bands.paddedRow + columns.before * channels);
      copyPlaces(from, to, count, inBytes(width * channels), inBytes(bands.paddedRow));
    };
    return () => {
      // The margins stay zero from here on.
      clear(0, bands.inputRows);
      for (const { first, count, moved, kept, next, end, begin } of bands.list) {
        if (kept > 0) {
          const from = bandStart + moved * bands.paddedRow;
          floats.copyWithin(bandStart, from, from + kept * bands.paddedRow);
        }
        if (end > next) fetchRows(next, end - next, next - begin);
        if (end - begin < bands.inputRows) clear(end - begin, bands.inputRows);
        const target = out.address + inBytes(first * columns.outSize * outChannels);
        convolve(band.address, multiplyNarrow === undefined ? target : convolved.address, count);
        multiplyNarrow?.(convolved.address, target, count * columns.outSize);
      }
    };
  });
  return { shape: [1, rows.outSize, columns.outSize, outChannels], storage: out };
}

interface Band {
  /** The rows of the result that it makes. */
  readonly first: number;
  readonly count: number;
  /** The rows of the picture that it reads; `begin` lies above the picture where there is padding. */
  readonly begin: number;
  readonly end: number;
  /** Of these, how many the band before it has read too, and where in that one they begin. */
  readonly kept: number;
  readonly moved: number;
  /** The first row that is still to be fetched. */
  readonly next: number;
}

function divide({ rows }: WindowPlacement, height: number, kernelHeight: number, paddedRow: number) {
  const fitting = Math.floor((bandInFloats / paddedRow - kernelHeight) / rows.stride) + 1;
  const rowsOfBand = Math.min(rows.outSize, Math.max(1, fitting));
  const list: Band[] = [];
  for (let first = 0; first < rows.outSize; first += rowsOfBand) {
    const count = Math.min(rowsOfBand, rows.outSize - first);
    const begin = first * rows.stride - rows.before;
    const end = Math.max(begin, Math.min(height, begin + (count - 1) * rows.stride + kernelHeight));
    const previous = list.at(-1);
    const kept = previous === undefined ? 0 : Math.max(0, previous.end - begin);
    const moved = previous === undefined ? 0 : begin - previous.begin;
    list.push({ first, count, begin, end, kept, moved, next: Math.max(0, begin + kept) });
  }
  return { list, rows: rowsOfBand, inputRows: (rowsOfBand - 1) * rows.stride + kernelHeight, paddedRow };
}

function inBytes(floats: number): number {
  return floats * Float32Array.BYTES_PER_ELEMENT;
}
