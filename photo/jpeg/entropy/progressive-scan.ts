import type { Scan } from '../markers/for-each-scan.ts';
import type { FrameLayout } from '../markers/frame-layout.ts';
import { corrupt } from '../markers/jpeg-error.ts';
import { isRestart, marker } from '../markers/markers.ts';
import { markerAt } from '../markers/next-segment.ts';
import type { EntropyWindow } from './entropy-window.ts';
import type { ProgressiveBlockDecoder, ProgressiveCoder } from './progressive-blocks.ts';
import { decodeFirstAc, decodeFirstDc, refineAc, refineDc } from './progressive-blocks.ts';

/** Minimum coded units of a scan: of one component its blocks, of several those of the frame. */
export function scanUnits(scan: Scan, frame: FrameLayout): { across: number; down: number } {
  const [first, second] = scan.header.components;
  const alone = second === undefined && first !== undefined ? frame.components[first.index] : undefined;
  return alone
    ? { across: alone.blocksAcross, down: alone.blocksDown }
    : { across: frame.unitsAcross, down: frame.unitsDown };
}

export function decodeProgressiveScan(
  window: EntropyWindow,
  frame: FrameLayout,
  scan: Scan,
  coders: readonly ProgressiveCoder[],
): void {
  const { spectralStart, approximationHigh } = scan.header;
  const decodeDc = approximationHigh === 0 ? decodeFirstDc : refineDc;
  const decodeAc = approximationHigh === 0 ? decodeFirstAc : refineAc;
  const decode: ProgressiveBlockDecoder = spectralStart === 0 ? decodeDc : decodeAc;
  const { across, down } = scanUnits(scan, frame);
  const alone = coders.length === 1 ? coders[0] : undefined;
  let unit = 0;
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++, unit++) {
      if (scan.restartInterval !== 0 && unit !== 0 && unit % scan.restartInterval === 0)
        restart(window, coders, unit, scan);
      if (window.bitPosition > window.checkAt) window.ensure();
      if (alone) decode(window, alone, row * alone.plane.layout.paddedBlocksAcross + column);
      else for (const coder of coders) decodeUnit(window, coder, decode, row, column);
    }
  }
  if (coders.some(({ endOfBandRun }) => endOfBandRun > 0)) throw runPastEnd();
}

function decodeUnit(
  window: EntropyWindow,
  coder: ProgressiveCoder,
  decode: ProgressiveBlockDecoder,
  row: number,
  column: number,
): void {
  const { horizontalBlocks, verticalBlocks, paddedBlocksAcross } = coder.plane.layout;
  for (let down = 0; down < verticalBlocks; down++) {
    const first = (row * verticalBlocks + down) * paddedBlocksAcross + column * horizontalBlocks;
    for (let across = 0; across < horizontalBlocks; across++) decode(window, coder, first + across);
  }
}

function restart(window: EntropyWindow, coders: readonly ProgressiveCoder[], unit: number, scan: Scan): void {
  window.restart((unit / scan.restartInterval - 1) & 7);
  for (const coder of coders) {
    if (coder.endOfBandRun > 0) throw runPastEnd();
    coder.prediction = 0;
  }
}

function runPastEnd(): Error {
  return corrupt('The JPEG has a run of empty blocks that goes on past the end of its scan.');
}

/**
 * Passes over a scan that the scale does not need. Its restart markers are counted, and another marker must follow: a file
 * that breaks off inside is told by that alone.
 * @returns where the file goes on
 */
export function skipScan(bytes: Uint8Array, frame: FrameLayout, scan: Scan): number {
  const { across, down } = scanUnits(scan, frame);
  const expected = scan.restartInterval === 0 ? 0 : Math.ceil((across * down) / scan.restartInterval) - 1;
  let found = 0;
  let at = markerAt(bytes, scan.start);
  for (; at >= 0 && isRestart(bytes[at] as number); at = markerAt(bytes, at + 1)) {
    if (found < expected && bytes[at] !== marker.rst0 + (found & 7)) throw restartsWrong();
    found += 1;
  }
  if (at < 0) throw corrupt('The JPEG breaks off in the middle of its picture.');
  if (found < expected) throw restartsWrong();
  return at - 1;
}

function restartsWrong(): Error {
  return corrupt('The JPEG has a restart marker missing or in the wrong place.');
}
