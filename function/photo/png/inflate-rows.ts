import { createInflate } from 'node:zlib';
import { corruptPhoto } from '../photo-errors.ts';

const inflatedChunkSizeInBytes = 256 * 1024;

/**
 * Inflates a zlib stream and cuts it into rows of the sizes asked for. Not more than one row and one chunk are held, and
 * inflating stops after the last row, however much a bomb would still unpack to.
 * @param places the rows in the order of the stream, read lazily
 * @param takeRow gets each row in turn; the array is its own to change
 * @throws ServiceError `corrupt_photo` where the stream is damaged or ends before the last row
 */
export async function inflateRows<Place extends { readonly sizeInBytes: number }>(
  compressed: Uint8Array,
  places: Iterable<Place, void>,
  takeRow: (row: Uint8Array, place: Place) => void,
): Promise<void> {
  const remaining = places[Symbol.iterator]();
  let place = remaining.next().value;
  if (place === undefined) return;
  let row = new Uint8Array(place.sizeInBytes);
  let filled = 0;
  const inflate = createInflate({ chunkSize: inflatedChunkSizeInBytes });
  inflate.end(compressed);
  try {
    for await (const chunk of inflate as AsyncIterable<Uint8Array>) {
      for (let at = 0; at < chunk.length; ) {
        const taken = Math.min(chunk.length - at, row.length - filled);
        row.set(chunk.subarray(at, at + taken), filled);
        at += taken;
        filled += taken;
        if (filled < row.length) break;
        takeRow(row, place);
        place = remaining.next().value;
        if (place === undefined) return;
        row = new Uint8Array(place.sizeInBytes);
        filled = 0;
      }
    }
  } catch (error) {
    throw isZlibError(error) ? corruptPhoto('The PNG has damage in its compressed picture.', error) : error;
  }
  throw corruptPhoto('The PNG ends before its last row.');
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}
