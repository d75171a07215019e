import { DecodingTables } from '../entropy/decoding-tables.ts';
import { ByteReader } from './byte-reader.ts';
import { corrupt } from './jpeg-error.ts';
import { isStartOfFrame, marker } from './markers.ts';
import { nextSegment } from './next-segment.ts';
import type { ScanHeader } from './scan-header.ts';
import { readScanHeader } from './scan-header.ts';

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
 * Walks through a JPEG whose frame header is sound, gathers tables and hands over one scan after the other.
 * @param visit says where the file goes on behind the scan
 * @throws {JpegError} `corrupt` when the end-of-image marker is missing, or any table or scan header is broken
 */
export function forEachScan(bytes: Uint8Array, componentIds: readonly number[], visit: (scan: Scan) => number): void {
  const tables = new DecodingTables();
  let restartInterval = 0;
  let hasFrame = false;
  let position = 2;
  for (;;) {
    const { code, start, end } = nextSegment(bytes, position);
    position = end;
    if (code === marker.eoi) return;
    const reader = (what: string): ByteReader => new ByteReader(bytes, start, end, what);
    if (code === marker.dqt) tables.readQuantisation(reader('quantisation tables'));
    else if (code === marker.dht) tables.readHuffman(reader('Huffman tables'));
    else if (code === marker.dri) restartInterval = reader('restart interval').uint16();
    else if (code === marker.sos) {
      const header = readScanHeader(reader('scan header'), componentIds);
      position = visit({ header, start: end, tables, restartInterval });
    } else if (isStartOfFrame(code)) {
      if (hasFrame) throw corrupt('The JPEG has more than one frame header.');
      hasFrame = true;
    }
  }
}
