import { crc32 } from 'node:zlib';
import { corruptPhoto, unsupportedFormat } from '../photo-error.ts';
import { colourTypes, type PngHeader, readPngHeader } from './png-header.ts';

const signatureSizeInBytes = 8;
/** Length and name before a chunk's data, check value after it. */
const frameSizeInBytes = 12;

interface Chunk {
  readonly name: string;
  readonly data: Uint8Array;
  readonly nextAt: number;
}

export interface PngChunks {
  /** Red, green and blue of each entry; empty where the picture has no palette. */
  readonly palette: Uint8Array;
  /** tRNS: alpha of the first palette entries, or the one transparent grey or colour as 16-bit samples. */
  readonly transparency: Uint8Array;
  /** The TIFF structure of eXIf. */
  readonly exif: Uint8Array | undefined;
  /** The packet of XMP, from a chunk of international text. */
  readonly xmp: Uint8Array | undefined;
  /** The zlib stream of the picture (of an animated PNG: its first frame), as the IDAT chunks cut it. */
  readonly compressed: readonly Uint8Array[];
}

/** The first chunk alone, so that the size is known before anything else of the file is looked at. */
export function readFirstChunk(png: Uint8Array): PngHeader {
  const first = readChunk(png, signatureSizeInBytes);
  if (first.name === 'CgBI')
    throw unsupportedFormat('This is Apple’s own variant of PNG (CgBI), which is not decoded.');
  if (first.name !== 'IHDR') throw corruptPhoto('The PNG does not begin with its header.');
  return readPngHeader(first.data);
}

/** Walks all chunks to IEND; what lies behind it is no part of the picture. Every check value is verified. */
export function readPngChunks(png: Uint8Array, header: PngHeader): PngChunks {
  let palette: Uint8Array = new Uint8Array(0);
  let transparency: Uint8Array = new Uint8Array(0);
  let exif: Uint8Array | undefined;
  let xmp: Uint8Array | undefined;
  const parts: Uint8Array[] = [];
  let previous = 'IHDR';
  let at = readChunk(png, signatureSizeInBytes).nextAt;
  for (;;) {
    const { name, data, nextAt } = readChunk(png, at);
    if (name === 'IEND') break;
    if (name === 'IDAT') {
      if (parts.length > 0 && previous !== 'IDAT') throw corruptPhoto('The PNG has its picture in two places.');
      parts.push(data);
    } else if (name === 'PLTE') {
      palette = checkPalette(data, palette.length > 0 || parts.length > 0);
    } else if (name === 'tRNS' && parts.length === 0) {
      transparency = data;
    } else if (name === 'eXIf') {
      exif ??= data;
    } else if (name === 'iTXt') {
      xmp ??= readXmp(data);
    } else if (name === 'IHDR') {
      throw corruptPhoto('The PNG has two headers.');
    } else if (isCritical(name)) {
      throw unsupportedFormat(`This PNG needs the unknown chunk ${name} to be understood.`);
    }
    previous = name;
    at = nextAt;
  }
  if (parts.length === 0) throw corruptPhoto('The PNG has no picture in it.');
  if (header.colourType === colourTypes.palette && palette.length === 0)
    throw corruptPhoto('The PNG lacks its palette.');
  return {
    palette,
    transparency,
    exif,
    xmp,
    compressed: parts,
  };
}

function readChunk(png: Uint8Array, at: number): Chunk {
  if (at + frameSizeInBytes > png.length) throw corruptPhoto('The PNG ends before its last chunk.');
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const length = view.getUint32(at);
  const dataAt = at + 8;
  const dataEnd = dataAt + length;
  const name = String.fromCharCode(...png.subarray(at + 4, dataAt));
  if (!/^[A-Za-z]{4}$/.test(name)) throw corruptPhoto('The PNG has a chunk without a valid name.');
  if (dataEnd + 4 > png.length) throw corruptPhoto(`The PNG ends inside its chunk ${name}.`);
  if (crc32(png.subarray(at + 4, dataEnd)) !== view.getUint32(dataEnd)) {
    throw corruptPhoto(`The PNG has damage in its chunk ${name}: the check value differs.`);
  }
  return { name, data: png.subarray(dataAt, dataEnd), nextAt: dataEnd + 4 };
}

function checkPalette(data: Uint8Array, isOutOfPlace: boolean): Uint8Array {
  if (isOutOfPlace) throw corruptPhoto('The PNG has a palette out of place.');
  if (data.length === 0 || data.length % 3 !== 0 || data.length > 768)
    throw corruptPhoto('The PNG has a palette of the wrong length.');
  return data;
}

/** The keyword, a zero, two bytes for compression (none here), two empty texts each with its zero, then the packet. */
const xmpBeginning = Buffer.from('XML:com.adobe.xmp\0\0\0\0\0', 'latin1');

function readXmp(data: Uint8Array): Uint8Array | undefined {
  const isXmp = xmpBeginning.equals(data.subarray(0, xmpBeginning.length));
  return isXmp ? data.subarray(xmpBeginning.length) : undefined;
}

/** Bit 5 of a chunk name's first letter is clear where the picture can't be shown without understanding the chunk. */
function isCritical(name: string): boolean {
  return (name.charCodeAt(0) & 0x20) === 0;
}
