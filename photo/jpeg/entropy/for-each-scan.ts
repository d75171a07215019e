import { corruptPhoto } from '../../photo-error.ts';
import { ByteReader } from '../markers/byte-reader.ts';
import type { JpegHeader } from '../markers/jpeg-header.ts';
import { isStartOfFrame, marker } from '../markers/markers.ts';
import { nextSegment, type Segment } from '../markers/next-segment.ts';
import { readScanHeader, type ScanHeader } from '../markers/scan-header.ts';
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

/**
 * Walks through a JPEG from its first scan on, gathers tables and hands over one scan after the other.
 * @param visit says where the file goes on behind the scan
 * @throws PhotoError `corrupt` when the end-of-image marker is missing, or any table or scan header is broken
 */
export function forEachScan(bytes: Uint8Array, header: JpegHeader, visit: (scan: Scan) => number): void {
  const componentIds = header.components.map(({ id }) => id);
  const tables = new DecodingTables();
  let restartInterval = 0;
  const take = ({ code, start, end }: Segment): void => {
    const reader = (what: string): ByteReader => new ByteReader(bytes, start, end, what);
    if (code === marker.dqt) tables.readQuantisation(reader('quantisation tables'));
    else if (code === marker.dht) tables.readHuffman(reader('Huffman tables'));
    else if (code === marker.dri) restartInterval = reader('restart interval').uint16();
  };
  for (const segment of header.tableSegments) take(segment);
  let segment = header.firstScan;
  while (segment.code !== marker.eoi) {
    let position = segment.end;
    if (segment.code === marker.sos) {
      const scanHeader = readScanHeader(new ByteReader(bytes, segment.start, position, 'scan header'), componentIds);
      position = visit({ header: scanHeader, start: position, tables: tables.snapshot(), restartInterval });
    } else if (isStartOfFrame(segment.code)) {
      throw corruptPhoto('The JPEG has more than one frame header.');
    } else take(segment);
    segment = nextSegment(bytes, position);
  }
}
