import type { FeatureCache } from './features/feature-cache.ts';
import type { FeatureThreadSettings } from './features/feature-messages.ts';
import { makeFeatures } from './features/make-features.ts';

/** A photo to learn from, before anything is known of what it shows. */
export interface LabelledFile {
  readonly path: string;
  /** Position in the labels. */
  readonly label: number;
}

/** A photo whose features lie in the cache. */
export interface KnownPhoto extends LabelledFile {
  /** Hexadecimal SHA-256 of its bytes. */
  readonly hash: string;
}

export interface CollectOptions extends Omit<FeatureThreadSettings, 'known'> {
  readonly threads: number;
  readonly onProgress: (done: number, total: number) => void;
}

export interface Collected {
  /** In the order given. */
  readonly photos: readonly KnownPhoto[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  /** How many the cache had already. */
  readonly cached: number;
}

/** Brings the features of all photos into the cache, and says which photos can't be read. */
export async function collectFeatures(
  files: readonly LabelledFile[],
  cache: FeatureCache,
  { onProgress, ...options }: CollectOptions,
): Promise<Collected> {
  const hashes = new Array<string | undefined>(files.length);
  const unreadable: { index: number; path: string; reason: string }[] = [];
  let done = 0;
  let cached = 0;
  onProgress(0, files.length);
  await makeFeatures(
    files.map(({ path }) => path),
    {
      ...options,
      known: cache.hashes,
      onPhoto: ({ hash, made }, index) => {
        hashes[index] = hash;
        if (made === undefined) cached++;
        else cache.set(hash, made);
        onProgress(++done, files.length);
      },
      onUnreadable: (index, reason) => {
        unreadable.push({ index, path: files[index]?.path ?? '', reason });
        onProgress(++done, files.length);
      },
    },
  );
  return {
    photos: files.flatMap((file, index) => {
      const hash = hashes[index];
      return hash === undefined ? [] : [{ ...file, hash }];
    }),
    unreadable: unreadable.sort((one, other) => one.index - other.index),
    cached,
  };
}
