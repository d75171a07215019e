import { setImmediate } from 'node:timers/promises';
import { corruptPhoto } from '../photo-error.ts';
import { Inflater } from './inflate/inflater.ts';
import type { PngWorkspace } from './kernels/png-workspace.ts';

/** After so much others on this thread get their turn. */
const stretchInBytes = 1 << 22;
/** What any chunk counts for in that, since one without a byte may have taken as long. */
const leastChunkInBytes = stretchInBytes / 64;

/** What is done with a picture's rows. */
export interface RowTaker<Place> {
  /** Where in the workspace's memory a row is put together that comes in two pieces or more. */
  readonly gatheredAt: number;
  /** The row lies at this address until the call ends. */
  take(place: Place, address: number): void;
  /** Throws once nobody waits for the picture any more; asked of each chunk, since for each row it would take as long as that. */
  throwIfOver(): void;
}

/**
 * Inflates a zlib stream and cuts it into rows of the sizes asked for. Not more than one chunk is held, and inflating stops
 * after the last row, however much a bomb would still unpack to.
 * @param places the rows in the order of the stream, read lazily
 * @throws PhotoError `corrupt` where the stream is damaged or ends before the last row
 */
export async function inflateRows<Place extends { readonly sizeInBytes: number }>(
  workspace: PngWorkspace,
  compressed: readonly Uint8Array[],
  places: Iterable<Place, void>,
  { gatheredAt, take, throwIfOver }: RowTaker<Place>,
): Promise<void> {
  const { bytes } = workspace;
  const remaining = places[Symbol.iterator]();
  let place = remaining.next().value;
  if (place === undefined) return;
  let gathered = 0;
  let untilRest = stretchInBytes;
  const inflater = new Inflater(workspace, compressed);
  for (let chunk = inflater.read(); chunk !== undefined; chunk = inflater.read()) {
    throwIfOver();
    const end = chunk.byteOffset + chunk.length;
    for (let at = chunk.byteOffset; at < end; ) {
      const taken = Math.min(end - at, place.sizeInBytes - gathered);
      const isWhole = taken === place.sizeInBytes;
      if (!isWhole) {
        bytes.copyWithin(gatheredAt + gathered, at, at + taken);
        gathered += taken;
        if (gathered < place.sizeInBytes) break;
      }
      take(place, isWhole ? at : gatheredAt);
      at += taken;
      gathered = 0;
      place = remaining.next().value;
      if (place === undefined) return;
    }
    untilRest -= Math.max(chunk.length, leastChunkInBytes);
    if (untilRest > 0) continue;
    await setImmediate();
    untilRest = stretchInBytes;
  }
  throw corruptPhoto('The PNG ends before its last row.');
}
