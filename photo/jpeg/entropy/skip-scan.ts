import { corruptPhoto } from '../../photo-error.ts';
import type { FrameLayout } from '../markers/frame-layout.ts';
import { isRestart, marker } from '../markers/markers.ts';
import { markerAt } from '../markers/next-segment.ts';
import type { Scan } from './for-each-scan.ts';
import { countUnits } from './scan-units.ts';

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
