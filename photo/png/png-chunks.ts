import { crc32 } from 'node:zlib';
import type { DecodeWatch } from '../decode-watch.ts';
import { corruptPhoto, unsupportedFormat } from '../photo-error.ts';
import { colourTypes, type PngHeader, readPngHeader } from './png-header.ts';
import { openTextChunk, readRawProfile } from './text-chunk.ts';

const signatureSizeInBytes = 8;
/** Length and name before a chunk's data, check value after it. */
const frameSizeInBytes = 12;
/** Encoders write the picture in pieces of some kilobytes; a file of 20 MB in pieces of 200 bytes is in no one's interest. */
const maximumChunks = 100_000;
/** Under which programs write how the picture is turned. */
const orientationKeywords = new Set(['XML:com.adobe.xmp', 'Raw profile type exif', 'Raw profile type APP1']);

interface Chunk {
  readonly name: string;
  readonly data: Uint8Array;
  readonly isIntact: boolean;
  readonly nextAt: number;
}

export interface PngChunks {
  /** Red, green and blue of each entry; empty where the picture has no palette. */
  readonly palette: Uint8Array;
  /** tRNS: alpha of the first palette entries, or the one transparent grey or colour as 16-bit samples. */
  readonly transparency: Uint8Array;
  /** The TIFF structure of eXIf, or else of a raw profile in a text. */
  readonly exif: Uint8Array | undefined;
  /** The packet of XMP, from a chunk of international text. */
  readonly xmp: Uint8Array | undefined;
  /** The zlib stream of the picture (of an animated PNG: its first frame), as the IDAT chunks cut it. */
  readonly compressed: readonly Uint8Array[];
}

/** The first chunk alone, so that the size is known before anything else of the file is looked at. */
export function readFirstChunk(png: Uint8Array): PngHeader {
  const first = readChunk(png, signatureSizeInBytes);
  if (first === undefined) throw corruptPhoto('The PNG ends inside its header.');
  if (first.name === 'CgBI')
    throw unsupportedFormat('This is Apple’s own variant of PNG (CgBI), which is not decoded.');
  if (first.name !== 'IHDR') throw corruptPhoto('The PNG does not begin with its header.');
  requireIntact(first);
  return readPngHeader(first.data);
}

/**
 * Walks all chunks to IEND; what lies behind it is no part of the picture. Check values of chunks that the picture is made of
 * are verified; another whose value is wrong is left out, as libpng leaves it out, and so is a missing or broken IEND.
 */
export function readPngChunks(png: Uint8Array, header: PngHeader, watch: DecodeWatch): PngChunks {
  let palette: Uint8Array = new Uint8Array(0);
  let transparency: Uint8Array = new Uint8Array(0);
  let exif: Uint8Array | undefined;
  const texts = new Map<string, Uint8Array | undefined>();
  const parts: Uint8Array[] = [];
  let previous = 'IHDR';
  let at = signatureSizeInBytes + frameSizeInBytes + 13;
  for (let count = 1; ; count++) {
    if (count > maximumChunks) throw corruptPhoto(`The PNG has more than ${maximumChunks} chunks.`);
    const chunk = readChunk(png, at);
    if (chunk === undefined) {
      if (parts.length === 0) throw corruptPhoto('The PNG ends, or holds no more chunks, before its picture.');
      watch.warn('no end marker');
      break;
    }
    const { name, data, isIntact } = chunk;
    if (isCritical(name) || name === 'tRNS') {
      if (name !== 'IEND') requireIntact(chunk);
      else if (!isIntact) watch.warn('a damaged end marker');
    } else if (!isIntact) {
      watch.warn(`a chunk ${name} with a wrong check value`);
    }
    if (name === 'IEND') break;
    if (name === 'IDAT') {
      if (parts.length > 0 && previous !== 'IDAT') throw corruptPhoto('The PNG has its picture in two places.');
      if (data.length > 0 || parts.length === 0) parts.push(data);
    } else if (name === 'PLTE') {
      palette = checkPalette(data, palette.length > 0 || parts.length > 0);
    } else if (name === 'tRNS' && parts.length === 0) {
      transparency = data;
    } else if (name === 'eXIf' && isIntact) {
      exif ??= data;
    } else if (!isCritical(name) && isIntact) {
      const text = openTextChunk(name, data);
      if (text !== undefined && !texts.has(text.keyword) && orientationKeywords.has(text.keyword)) {
        texts.set(text.keyword, text.read());
      }
    } else if (name === 'IHDR') {
      throw corruptPhoto('The PNG has two headers.');
    } else if (isCritical(name)) {
      throw unsupportedFormat(`This PNG needs the unknown chunk ${name} to be understood.`);
    }
    previous = name;
    at = chunk.nextAt;
  }
  if (parts.length === 0) throw corruptPhoto('The PNG has no picture in it.');
  if (header.colourType === colourTypes.palette && palette.length === 0)
    throw corruptPhoto('The PNG lacks its palette.');
  const profile = texts.get('Raw profile type exif') ?? texts.get('Raw profile type APP1');
  exif ??= profile && readRawProfile(profile);
  return { palette, transparency, exif, xmp: texts.get('XML:com.adobe.xmp'), compressed: parts };
}

/** The next chunk; undefined where the file ends, or holds no chunks any more, before one that belongs to the picture. */
function readChunk(png: Uint8Array, at: number): Chunk | undefined {
  if (at + 8 > png.length) return undefined;
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const dataAt = at + 8;
  const dataEnd = dataAt + view.getUint32(at);
  const name = String.fromCharCode(...png.subarray(at + 4, dataAt));
  if (dataEnd + 4 > png.length) {
    if (name === 'IDAT') throw corruptPhoto(`The PNG ends inside its chunk ${name}.`);
    return undefined;
  }
  if (!/^[A-Za-z]{4}$/.test(name)) return undefined;
  const isIntact = crc32(png.subarray(at + 4, dataEnd)) === view.getUint32(dataEnd);
  return { name, data: png.subarray(dataAt, dataEnd), isIntact, nextAt: dataEnd + 4 };
}

function requireIntact({ name, isIntact }: Chunk): void {
  if (!isIntact) throw corruptPhoto(`The PNG has damage in its chunk ${name}: the check value differs.`);
}

function checkPalette(data: Uint8Array, isOutOfPlace: boolean): Uint8Array {
  if (isOutOfPlace) throw corruptPhoto('The PNG has a palette out of place.');
  if (data.length === 0 || data.length % 3 !== 0 || data.length > 768)
    throw corruptPhoto('The PNG has a palette of the wrong length.');
  return data;
}

/** Bit 5 of a chunk name's first letter is clear where the picture can't be shown without understanding the chunk. */
function isCritical(name: string): boolean {
  return (name.charCodeAt(0) & 0x20) === 0;
}
