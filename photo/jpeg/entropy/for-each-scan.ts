import { corruptPhoto } from '../../photo-error.ts';
import { ByteReader } from '../markers/byte-reader.ts';
import type { JpegHeader } from '../markers/jpeg-header.ts';
import { isStartOfFrame, marker, mayFollowScan } from '../markers/markers.ts';
import { markerAt, nextSegment, type Segment } from '../markers/next-segment.ts';
import { readScanHeader, type ScanHeader } from '../markers/scan-header.ts';
import { SegmentAllowance } from '../markers/segment-allowance.ts';
import { DecodingTables } from './decoding-tables.ts';

/** A scan with all that is in force when it begins. */
export interface Scan {
  readonly header: ScanHeader;
  /** Where its entropy-coded data begins in the file. */
  readonly start: number;
  readonly tables: DecodingTables;
  /** Minimum coded units between restart markers; 0 for none. */
  readonly restartInterval: number;
}

export interface ScanVisitor {
  /** Says where the file goes on behind the scan. */
  visit(scan: Scan): number;
  /** Whether the scans so far are the whole picture, so that nothing behind them counts. */
  isComplete(): boolean;
}

/**
 * Walks through a JPEG from its first scan on, gathers tables and hands over one scan after the other until they are the
 * whole picture.
 * @throws PhotoError `corrupt` when the file ends before, or any table or scan header is broken
 */
export function forEachScan(bytes: Uint8Array, header: JpegHeader, { visit, isComplete }: ScanVisitor): void {
  const tables = new DecodingTables();
  const allowance = new SegmentAllowance(header.segmentCount);
  let restartInterval = 0;
  const take = ({ code, start, end }: Segment): void => {
    const reader = (what: string): ByteReader => new ByteReader(bytes, start, end, what);
    if (code === marker.dqt) allowance.spend(tables.readQuantisation(reader('quantisation tables')));
    else if (code === marker.dht) allowance.spend(tables.readHuffman(reader('Huffman tables')));
    else if (code === marker.dri) restartInterval = reader('restart interval').uint16();
  };
  for (const segment of header.tableSegments) take(segment);
  let segment = header.firstScan;
  for (;;) {
    let position = segment.end;
    if (segment.code === marker.eoi) throw corruptPhoto('The JPEG ends before all of its scans.');
    if (segment.code === marker.sos) {
      const scanHeader = readScanHeader(
        new ByteReader(bytes, segment.start, position, 'scan header'),
        header.components,
      );
      position = visit({ header: scanHeader, start: position, tables: tables.snapshot(), restartInterval });
      if (isComplete()) return;
      requireScanMayEnd(bytes, position);
    } else if (isStartOfFrame(segment.code)) {
      throw corruptPhoto('The JPEG has more than one frame header.');
    } else take(segment);
    segment = nextSegment(bytes, position);
    allowance.spend(1);
  }
}

/** A marker that can't stand there is damage inside the scan. */
function requireScanMayEnd(bytes: Uint8Array, position: number): void {
  const at = markerAt(bytes, position);
  if (at >= 0 && !mayFollowScan(bytes[at] as number)) {
    throw corruptPhoto('The JPEG has a marker in the middle of its picture that cannot stand there.');
  }
}
