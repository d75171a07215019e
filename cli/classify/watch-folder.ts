import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPhotos } from '../photos/find-photos.ts';

const millisecondsBetweenLooks = 1_000;

export interface WatchOptions {
  readonly signal: AbortSignal;
  /** Lets time pass between two looks. */
  readonly wait?: (signal: AbortSignal) => Promise<unknown>;
}

/**
 * The photos that come into a folder, or one below it, from now on, each once. One is handed out when two looks have found it
 * with the same size and time, since whoever writes it may not be done at the first. Ends with the signal.
 */
export async function* watchFolder(
  directory: string,
  { signal, wait = (until) => sleep(millisecondsBetweenLooks, undefined, { signal: until }) }: WatchOptions,
): AsyncGenerator<string> {
  const known = new Set(await findPhotos(directory));
  const lastSeen = new Map<string, string>();
  while (!signal.aborted) {
    await wait(signal).catch(() => undefined);
    // A folder that is gone for a moment, as a network's may be, has no photos meanwhile.
    const photos = await findPhotos(directory).catch(() => []);
    for (const photo of photos) {
      if (known.has(photo) || signal.aborted) continue;
      const facts = await stat(photo).catch(() => undefined);
      if (facts === undefined) continue;
      const look = `${facts.size} ${facts.mtimeMs}`;
      if (facts.size > 0 && lastSeen.get(photo) === look) {
        known.add(photo);
        lastSeen.delete(photo);
        yield photo;
      } else lastSeen.set(photo, look);
    }
  }
}
