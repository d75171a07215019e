import { Readable } from 'node:stream';
import { createInflate } from 'node:zlib';
import { corruptPhoto } from '../photo-error.ts';

/** Larger ones save hand-overs to zlib's thread, of which each costs about what 10,000 bytes take to inflate. */
const largestChunkInBytes = 1 << 20;
const smallestChunkInBytes = 1 << 12;

/** Takes the bytes of a row piece by piece, then the word that it is complete. */
export interface RowTaker<Place> {
  put(piece: Uint8Array, position: number): void;
  finish(place: Place): void;
}

/**
 * Inflates a zlib stream and cuts it into rows of the sizes asked for. Not more than one chunk is held, and inflating stops
 * after the last row, however much a bomb would still unpack to.
 * @param places the rows in the order of the stream, read lazily
 * @throws PhotoError `corrupt` where the stream is damaged or ends before the last row
 */
export async function inflateRows<Place extends { readonly sizeInBytes: number }>(
  compressed: readonly Uint8Array[],
  places: Iterable<Place, void>,
  pictureInBytes: number,
  taker: RowTaker<Place>,
): Promise<void> {
  const remaining = places[Symbol.iterator]();
  let place = remaining.next().value;
  if (place === undefined) return;
  let filled = 0;
  const inflate = createInflate({
    chunkSize: Math.min(Math.max(pictureInBytes, smallestChunkInBytes), largestChunkInBytes),
  });
  const source = Readable.from(inBatches(compressed));
  source.pipe(inflate);
  try {
    for await (const chunk of inflate as AsyncIterable<Uint8Array>) {
      for (let at = 0; at < chunk.length; ) {
        const taken = Math.min(chunk.length - at, place.sizeInBytes - filled);
        taker.put(chunk.subarray(at, at + taken), filled);
        at += taken;
        filled += taken;
        if (filled < place.sizeInBytes) break;
        taker.finish(place);
        place = remaining.next().value;
        if (place === undefined) return;
        filled = 0;
      }
    }
  } catch (error) {
    throw isZlibError(error) ? corruptPhoto('The PNG has damage in its compressed picture.', error) : error;
  } finally {
    source.destroy();
  }
  throw corruptPhoto('The PNG ends before its last row.');
}

/** Many small pieces as few large ones, each put together only when it is its turn. */
function* inBatches(parts: readonly Uint8Array[]): Generator<Uint8Array, void> {
  let batch: Uint8Array[] = [];
  let sizeInBytes = 0;
  for (const part of parts) {
    batch.push(part);
    sizeInBytes += part.length;
    if (sizeInBytes < largestChunkInBytes) continue;
    yield batch.length === 1 ? part : Buffer.concat(batch);
    batch = [];
    sizeInBytes = 0;
  }
  yield Buffer.concat(batch);
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}
