import { setImmediate } from 'node:timers/promises';
import { corruptPhoto } from '../photo-error.ts';
import { Inflater } from './inflate/inflater.ts';

/** After so much others on this thread get their turn. */
const stretchInBytes = 1 << 22;

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
  taker: RowTaker<Place>,
): Promise<void> {
  const remaining = places[Symbol.iterator]();
  let place = remaining.next().value;
  if (place === undefined) return;
  let filled = 0;
  let untilRest = stretchInBytes;
  const inflater = new Inflater(compressed);
  try {
    for (let chunk = inflater.read(); chunk !== undefined; chunk = inflater.read()) {
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
      untilRest -= chunk.length;
      if (untilRest > 0) continue;
      await setImmediate();
      untilRest = stretchInBytes;
    }
  } finally {
    inflater.release();
  }
  throw corruptPhoto('The PNG ends before its last row.');
}
