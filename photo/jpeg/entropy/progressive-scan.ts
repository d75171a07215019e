import type { DecodeWatch } from '../../decode-watch.ts';
import { corruptPhoto } from '../../photo-error.ts';
import type { FrameLayout } from '../markers/frame-layout.ts';
import { isRestart, marker } from '../markers/markers.ts';
import { markerAt } from '../markers/next-segment.ts';
import type { EntropyWindow } from './entropy-window.ts';
import type { Scan } from './for-each-scan.ts';
import type { ProgressiveBlockDecoder, ProgressiveCoder } from './progressive-blocks.ts';
import { decodeFirstAc, decodeFirstDc, refineAc, refineDc } from './progressive-blocks.ts';
import { countUnits, type ScanUnits } from './scan-units.ts';

export function decodeProgressiveScan(
  window: EntropyWindow,
  units: ScanUnits,
  scan: Scan,
  coders: readonly ProgressiveCoder[],
  watch: DecodeWatch,
): void {
  const decode = blockDecoderOf(scan);
  const { across, down } = units;
  const alone = coders.length === 1 ? coders[0] : undefined;
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++) {
      if (units.begin()) coders.forEach(restart);
      if (alone) decode(window, alone, row * alone.layout.paddedBlocksAcross + column);
      else for (const coder of coders) decodeUnit(window, coder, decode, row, column);
    }
    watch.throwIfOver();
  }
  coders.forEach(requireRunEnded);
}

function decodeUnit(
  window: EntropyWindow,
  coder: ProgressiveCoder,
  decode: ProgressiveBlockDecoder,
  row: number,
  column: number,
): void {
  const { horizontalBlocks, verticalBlocks, paddedBlocksAcross } = coder.layout;
  for (let down = 0; down < verticalBlocks; down++) {
    const first = (row * verticalBlocks + down) * paddedBlocksAcross + column * horizontalBlocks;
    for (let across = 0; across < horizontalBlocks; across++) decode(window, coder, first + across);
  }
}

function restart(coder: ProgressiveCoder): void {
  requireRunEnded(coder);
  coder.prediction = 0;
}

function blockDecoderOf({ header: { spectralStart, approximationHigh } }: Scan): ProgressiveBlockDecoder {
  if (spectralStart === 0) return approximationHigh === 0 ? decodeFirstDc : refineDc;
  return approximationHigh === 0 ? decodeFirstAc : refineAc;
}

function requireRunEnded({ endOfBandRun }: ProgressiveCoder): void {
  if (endOfBandRun > 0) {
    throw corruptPhoto('The JPEG has a run of empty blocks that goes on past the end of its scan.');
  }
}

/**
 * Passes over a scan that the scale does not need. Its restart markers are counted, and another marker must follow: a file
 * that breaks off inside is told by that alone.
 * @returns where the file goes on
 */
export function skipScan(bytes: Uint8Array, frame: FrameLayout, scan: Scan): number {
  const { across, down } = countUnits(scan, frame);
  const expected = scan.restartInterval === 0 ? 0 : Math.ceil((across * down) / scan.restartInterval) - 1;
  let found = 0;
  let at = markerAt(bytes, scan.start);
  for (; at >= 0 && isRestart(bytes[at] as number); at = markerAt(bytes, at + 1)) {
    if (found < expected && bytes[at] !== marker.rst0 + (found & 7)) throw restartsWrong();
    found += 1;
  }
  if (found < expected) throw restartsWrong();
  return at < 0 ? bytes.length : at - 1;
}

function restartsWrong(): Error {
  return corruptPhoto('The JPEG has a restart marker missing or in the wrong place.');
}
