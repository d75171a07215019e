import { corruptPhoto } from '../../photo-error.ts';
import type { ByteReader } from './byte-reader.ts';

export interface ScanComponent {
  /** Position in the frame header. */
  readonly index: number;
  readonly dcTable: number;
  readonly acTable: number;
}

/** ITU-T T.81, B.2.3; the last four matter to progressive pictures only. */
export interface ScanHeader {
  readonly components: readonly ScanComponent[];
  /** First and last zigzag index that the scan codes. */
  readonly spectralStart: number;
  readonly spectralEnd: number;
  /** The bit position that an earlier scan of these coefficients reached, 0 for their first; and the one of this scan. */
  readonly approximationHigh: number;
  readonly approximationLow: number;
}

export function readScanHeader(reader: ByteReader, frameComponents: readonly { readonly id: number }[]): ScanHeader {
  const count = reader.uint8();
  if (count < 1 || count > 4) throw corruptPhoto(`The JPEG has a scan of ${count} components.`);
  const components: ScanComponent[] = [];
  for (let position = 0; position < count; position++) {
    const id = reader.uint8();
    const tables = reader.uint8();
    // Some cameras give all components one id: then each is the first that this scan has not named yet, as in libjpeg.
    const index = frameComponents.findIndex(
      (component, at) => component.id === id && !components.some((earlier) => earlier.index === at),
    );
    if (index < 0) {
      throw corruptPhoto(`The JPEG has a scan of component ${id}, which the frame has not, or twice.`);
    }
    components.push({ index, dcTable: tables >> 4, acTable: tables & 15 });
  }
  const spectralStart = reader.uint8();
  const spectralEnd = reader.uint8();
  const approximation = reader.uint8();
  return {
    components,
    spectralStart,
    spectralEnd,
    approximationHigh: approximation >> 4,
    approximationLow: approximation & 15,
  };
}
