import type { StoredNode } from '../../graph/graph-file.ts';
import { readNumbers } from '../../graph/stored-weights.ts';
import { depthwiseKernelName } from '../../kernels/depthwise-kernel-name.ts';
import { chooseTileWidth } from '../../kernels/depthwise-sizes.ts';
import { readFusion } from '../fusion.ts';
import { padForWindow } from '../padding.ts';
import { countOf, type Four, nextMultipleOfFour, type Planner, type PlanTensor, widen } from '../planner.ts';
import { placeWindow } from '../window.ts';
import { fillChannels, keepChannels } from './channels-in-fours.ts';
import { widerKernelsOn } from './wider-kernels-on.ts';

/** Depthwise convolutions that `planDepthwiseConvolution` leaves: seven wide, or of any number of channels. */
export function planWideDepthwise(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const weight = planner.weight(node, 1);
  if (x === undefined || weight === undefined) return undefined;
  const [kernelHeight, kernelWidth, channels, multiplier] = weight.entry.shape as Four;
  if (x.shape[3] !== channels || multiplier !== 1) return undefined;
  const fusion = readFusion(node, planner, channels);
  const window = placeWindow(node, x.shape, [kernelHeight, kernelWidth]);
  if (fusion === undefined || fusion.isSigmoid || window?.rows.stride !== window?.columns.stride) return undefined;
  if (window === undefined) return undefined;
  const { rows, columns } = window;
  const known = depthwiseKernelName(kernelWidth, rows.stride);
  const wide = kernelWidth === 7 ? ([undefined, 'depthwise7s1', 'depthwise7s2'] as const)[rows.stride] : undefined;
  if (known === undefined && wide === undefined) return undefined;

  const made = nextMultipleOfFour(channels);
  const places = kernelHeight * kernelWidth;
  const weights = planner.numbers(widen(readNumbers(weight), places, channels, made));
  const bias = planner.vector(fusion.bias, channels);
  const padded = padForWindow(fillChannels(x, planner), window, planner);
  const out = planner.allocate(rows.outSize * columns.outSize * made);
  const tileWidth = chooseTileWidth(columns.outSize);
  planner.step([padded.storage, out], (kernels, _floats, memory) => {
    const convolve = known === undefined ? widerKernelsOn(memory)[wide as 'depthwise7s1'] : kernels[known];
    const rowInBytes = countOf(padded.shape.slice(2)) * 4;
    return () => {
      convolve(
        padded.storage.address,
        rowInBytes,
        weights.address,
        bias.address,
        out.address,
        rows.outSize,
        columns.outSize,
        made * 4,
        kernelHeight,
        tileWidth,
        ...fusion.range,
      );
    };
  });
  return keepChannels({ shape: [1, rows.outSize, columns.outSize, made], storage: out }, channels, planner);
}
