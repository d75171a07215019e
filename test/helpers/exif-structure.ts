export interface ExifChoices {
  readonly littleEndian?: boolean;
  /** TIFF field type: 3 is SHORT. */
  readonly type?: number;
  readonly count?: number;
}

/** A TIFF structure of one directory whose second entry is the orientation. */
export function exifStructure(orientation: number, choices: ExifChoices = {}): Buffer {
  const { littleEndian = false, type = 3, count = 1 } = choices;
  const tiff = Buffer.alloc(8 + 2 + 2 * 12 + 4);
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  tiff.write(littleEndian ? 'II' : 'MM', 'latin1');
  view.setUint16(2, 42, littleEndian);
  view.setUint32(4, 8, littleEndian);
  view.setUint16(8, 2, littleEndian);
  writeEntry(10, 0x010f, 2, 4);
  writeEntry(22, 0x0112, type, count);
  if (type === 1 || type === 6) view.setUint8(30, orientation);
  else if (type === 4 || type === 9) view.setUint32(30, orientation, littleEndian);
  else view.setUint16(30, orientation, littleEndian);
  return tiff;

  function writeEntry(at: number, tag: number, fieldType: number, values: number): void {
    view.setUint16(at, tag, littleEndian);
    view.setUint16(at + 2, fieldType, littleEndian);
    view.setUint32(at + 4, values, littleEndian);
  }
}

/** The payload of a JPEG's Exif segment. */
export function exifPayload(orientation: number, choices: ExifChoices = {}): Buffer {
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifStructure(orientation, choices)]);
}
