import type { FrameHeader } from './frame-header.ts';
import type { BlockSize } from './zigzag.ts';

/** 1 for the whole picture, else how many times narrower and lower it comes out of the inverse transform. */
export type JpegScale = 1 | 2 | 4 | 8;

/** One colour component at the scale of the decode; sizes in samples or in blocks of `blockSize` × `blockSize` samples. */
export interface ComponentLayout {
  readonly id: number;
  readonly quantisation: number;
  /** Blocks of this component in a minimum coded unit, across and down. */
  readonly horizontalBlocks: number;
  readonly verticalBlocks: number;
  readonly blockSize: BlockSize;
  /** Samples that belong to the picture. */
  readonly width: number;
  readonly height: number;
  /** Blocks that hold those samples: what a scan of this component alone consists of (ITU-T T.81, A.2.2). */
  readonly blocksAcross: number;
  readonly blocksDown: number;
  /** Blocks of whole minimum coded units: what a scan of several components consists of (A.2.4). */
  readonly paddedBlocksAcross: number;
  readonly paddedBlocksDown: number;
}

export interface FrameLayout {
  /** Size of the decoded picture in pixels. */
  readonly width: number;
  readonly height: number;
  readonly unitsAcross: number;
  readonly unitsDown: number;
  /** Size in pixels of the decoded picture of a minimum coded unit. */
  readonly unitWidth: number;
  readonly unitHeight: number;
  readonly components: readonly ComponentLayout[];
}

export function layOutFrame(frame: FrameHeader, scale: JpegScale): FrameLayout {
  const size = (8 / scale) as BlockSize;
  // The factors of a single component mean nothing: its minimum coded unit is one block (A.2.2).
  const isSingle = frame.components.length === 1;
  const across = isSingle ? 1 : Math.max(...frame.components.map((component) => component.horizontalSampling));
  const down = isSingle ? 1 : Math.max(...frame.components.map((component) => component.verticalSampling));
  const unitsAcross = Math.ceil(frame.width / (8 * across));
  const unitsDown = Math.ceil(frame.height / (8 * down));
  const components = frame.components.map((component) => {
    const horizontalBlocks = isSingle ? 1 : component.horizontalSampling;
    const verticalBlocks = isSingle ? 1 : component.verticalSampling;
    const blockSize = componentBlockSize(size, across / horizontalBlocks, down / verticalBlocks);
    return {
      id: component.id,
      quantisation: component.quantisation,
      horizontalBlocks,
      verticalBlocks,
      blockSize,
      width: Math.ceil((frame.width * horizontalBlocks * blockSize) / (across * 8)),
      height: Math.ceil((frame.height * verticalBlocks * blockSize) / (down * 8)),
      blocksAcross: Math.ceil((frame.width * horizontalBlocks) / (across * 8)),
      blocksDown: Math.ceil((frame.height * verticalBlocks) / (down * 8)),
      paddedBlocksAcross: unitsAcross * horizontalBlocks,
      paddedBlocksDown: unitsDown * verticalBlocks,
    };
  });
  return {
    width: Math.ceil(frame.width / scale),
    height: Math.ceil(frame.height / scale),
    unitsAcross,
    unitsDown,
    unitWidth: across * size,
    unitHeight: down * size,
    components,
  };
}

/**
 * A component stored at half the resolution needs no more halving than the others: its blocks come out larger, so that
 * nothing is left to be interpolated (as libjpeg does).
 */
function componentBlockSize(size: BlockSize, horizontalRatio: number, verticalRatio: number): BlockSize {
  let larger = size;
  let factor = 2;
  while (larger < 8 && Number.isInteger(horizontalRatio / factor) && Number.isInteger(verticalRatio / factor)) {
    larger = (larger * 2) as BlockSize;
    factor *= 2;
  }
  return larger;
}

/**
 * Samples kept for each that is wanted. Squares of samples averaged with equal weights, which is what a smaller decode
 * comes to, are a coarser filter than the resize behind it: at less than this it shows in a classifier's probabilities
 * (enlarged photos of clothes: up to 0.13 at 1.0, 0.04 at 1.5, hardly less at 2, where a 12-megapixel progressive takes 3.5
 * times as long).
 */
const MARGIN = 1.5;

/**
 * The smallest scale at which every component keeps that margin over `minimum` in both directions. One that is stored at a
 * half or a quarter in one direction alone (4:2:2, 4:4:0, 4:1:1) is not brought out any larger, so that it decides.
 */
export function chooseScale(
  frame: FrameHeader,
  minimum: { readonly width: number; readonly height: number } | undefined,
): JpegScale {
  if (minimum === undefined) return 1;
  const fits = (scale: JpegScale): boolean =>
    layOutFrame(frame, scale).components.every(
      ({ width, height }) => width >= MARGIN * minimum.width && height >= MARGIN * minimum.height,
    );
  return ([8, 4, 2] as const).find(fits) ?? 1;
}
