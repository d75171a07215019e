import type { ByteSource } from './byte-source.ts';

/** `GCOL`, version 1 and three reserved bytes: how a global heap begins (HDF5 file format, III.E). */
const signature = [0x47, 0x43, 0x4f, 0x4c, 1, 0, 0, 0];
const headerInBytes = 16;
/** The library reads the beginning of a heap with its other metadata, in small parts; what is larger are weights. */
const largestMetadataReadInBytes = 2 ** 16;

/**
 * Takes the signature away from each global heap in what was read whose objects do not fit into it, so that the library
 * refuses it. Left alone it adds up their sizes in 32 bits, and with sizes to suit walks one heap without end.
 */
export function hideUnsoundHeaps(target: Uint8Array, position: number, source: ByteSource): void {
  if (target.length > largestMetadataReadInBytes) return;
  const bytes = Buffer.from(target.buffer, target.byteOffset, target.byteLength);
  const wanted = Uint8Array.from(signature);
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) {
    if (!isSound(source, position + at)) target[at] = 0;
  }
}

function isSound(source: ByteSource, start: number): boolean {
  const header = view(source, start, headerInBytes);
  const size = header === undefined ? Number.NaN : Number(header.getBigUint64(8, true));
  if (!(size >= headerInBytes && start + size <= source.sizeInBytes)) return false;
  let at = headerInBytes;
  // Too little space at the end for one more object counts as free.
  while (at + headerInBytes <= size) {
    const object = view(source, start + at, headerInBytes);
    if (object === undefined) return false;
    const isFreeSpace = object.getUint16(0, true) === 0;
    const own = Number(object.getBigUint64(8, true));
    // Free space counts its header, an object its data, which ends at a multiple of eight.
    const taken = isFreeSpace ? own : headerInBytes + Math.ceil(own / 8) * 8;
    if (taken < headerInBytes || at + taken > size) return false;
    at += taken;
  }
  return true;
}

function view(source: ByteSource, position: number, length: number): DataView | undefined {
  const bytes = new Uint8Array(length);
  return source.read(bytes, position) === length ? new DataView(bytes.buffer) : undefined;
}
