const orientationTag = 0x0112;

/** Bytes of the TIFF field types that hold whole numbers, signed ones too: SHORT (3) is right, but writers differ. */
const bytesByWholeNumberType = new Map([
  [1, 1],
  [3, 2],
  [4, 4],
  [6, 1],
  [8, 2],
  [9, 4],
]);

/**
 * The orientation that EXIF gives a photo: 1–8 as in EXIF 2.32 section 4.6.4 A, of which 1 (upright) stands for a value that
 * does not exist as well; undefined where EXIF says nothing of it. Broken EXIF is never an error: many editors leave it half rewritten, and the picture itself is still good.
 * @param tiff the TIFF structure inside an EXIF segment or chunk, with or without the leading `Exif\0\0`
 */
export function readExifOrientation(tiff: Uint8Array): number | undefined {
  const body = startsWithExifName(tiff) ? tiff.subarray(6) : tiff;
  if (body.length < 8) return undefined;
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const byteOrder = view.getUint16(0);
  const littleEndian = byteOrder === 0x4949;
  if (!littleEndian && byteOrder !== 0x4d4d) return undefined;
  const directory = view.getUint32(4, littleEndian);
  if (directory + 2 > body.length) return undefined;
  const entries = view.getUint16(directory, littleEndian);
  for (let entry = directory + 2, left = entries; left > 0 && entry + 12 <= body.length; entry += 12, left -= 1) {
    if (view.getUint16(entry, littleEndian) === orientationTag) return readValue(view, entry, littleEndian);
  }
  return undefined;
}

/** Numbers of at most four bytes together lie in the directory entry itself, from its ninth byte on; the first one counts. */
function readValue(view: DataView, entry: number, littleEndian: boolean): number {
  const bytes = bytesByWholeNumberType.get(view.getUint16(entry + 2, littleEndian));
  const count = view.getUint32(entry + 4, littleEndian);
  if (bytes === undefined || count < 1 || count * bytes > 4) return 1;
  const at = entry + 8;
  const value =
    bytes === 1 ? view.getUint8(at) : bytes === 2 ? view.getUint16(at, littleEndian) : view.getUint32(at, littleEndian);
  return value >= 1 && value <= 8 ? value : 1;
}

/** `Exif\0\0` introduces the structure in JPEG; some writers put it into PNG and WebP as well. */
function startsWithExifName(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0x45 &&
    bytes[1] === 0x78 &&
    bytes[2] === 0x69 &&
    bytes[3] === 0x66 &&
    bytes[4] === 0 &&
    (bytes[5] === 0 || bytes[5] === 0xff)
  );
}
