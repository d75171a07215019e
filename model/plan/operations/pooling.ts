import { readFlag, readIntegers } from '../../graph/attributes.ts';
import type { StoredNode } from '../../graph/graph-file.ts';
import { readNumbers } from '../../graph/stored-weights.ts';
import type { Planner, PlanOperation, PlanTensor } from '../planner.ts';
import { placeWindow } from '../window.ts';

/** MaxPool or AvgPool, channels a multiple of four. */
export function planPool(kernel: 'maximumPool' | 'averagePool'): PlanOperation {
  return (node, planner) => {
    const x = planner.input(node, 0);
    const [, kernelHeight = 1, kernelWidth = 1] = readIntegers(node, 'ksize');
    const window = x && placeWindow(node, x.shape, [kernelHeight, kernelWidth]);
    if (x === undefined || window === undefined) return undefined;
    const { rows, columns } = window;
    const [, height = 0, width = 0, channels = 0] = x.shape;
    const hasEmptyWindow =
      [rows.before, rows.after].some((size) => size >= kernelHeight) ||
      [columns.before, columns.after].some((size) => size >= kernelWidth);
    if (channels % 4 !== 0 || hasEmptyWindow) return undefined;
    const out = planner.allocate(rows.outSize * columns.outSize * channels);
    planner.step([x.storage, out], ({ [kernel]: pool }) => () => {
      pool(
        x.storage.address,
        out.address,
        height,
        width,
        channels * 4,
        rows.outSize,
        columns.outSize,
        kernelHeight,
        kernelWidth,
        rows.stride,
        columns.stride,
        rows.before,
        columns.before,
      );
    });
    return { shape: [1, rows.outSize, columns.outSize, channels], storage: out };
  };
}

/** The mean over all places of a map ("global average pooling"), channels a multiple of four. */
export function planMean(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const axes = planner.weight(node, 1);
  if (x === undefined || axes === undefined || readNumbers(axes).toSorted().join() !== '1,2') return undefined;
  const [, height = 0, width = 0, channels = 0] = x.shape;
  if (x.shape.length !== 4 || channels % 4 !== 0) return undefined;
  const out = planner.allocate(channels);
  planner.step([x.storage, out], ({ mean }) => () => {
    mean(x.storage.address, height * width, channels * 4, out.address);
  });
  return { shape: readFlag(node, 'keep_dims') ? [1, 1, 1, channels] : [1, channels], storage: out };
}
