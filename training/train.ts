import type { CardCalibration } from '../model/card/card.ts';
import type { EngineOptions } from '../model/classification.ts';
import { type Body, openBody } from './body/body.ts';
import { collectFeatures, type KnownPhoto } from './collect-features.ts';
import { FeatureCache } from './features/feature-cache.ts';
import { type Learned, learn } from './learn.ts';
import { makeEmptyFeatures } from './make-empty-features.ts';
import { findClassFolders, findPhotosBelow, type SkippedFile } from './photos/find-class-folders.ts';
import { requireEnoughPhotos } from './photos/require-enough.ts';
import { type SortedPhotos, sortOutCopies } from './photos/sort-out-copies.ts';

export type TrainingStage = 'Reading photos' | 'Reading other photos' | 'Learning';

export interface TrainOptions {
  /** Photos in one folder a label. */
  readonly photos: string;
  /** Photos of other things, which are to come out as unfamiliar. */
  readonly others?: string | undefined;
  /** A model directory with features. */
  readonly body: string;
  /** Where features are kept. */
  readonly cache: string;
  readonly engine: EngineOptions & { readonly webpWasmFile: string };
  readonly threads: number;
  readonly seed: number;
  readonly onProgress: (stage: TrainingStage, done: number, total: number) => void;
}

export interface Trained extends SortedPhotos<KnownPhoto> {
  readonly labels: readonly string[];
  readonly learned: Learned;
  readonly calibration: CardCalibration | undefined;
  readonly skipped: readonly SkippedFile[];
  /** Photos whose features the cache had already. */
  readonly cached: number;
  readonly body: Body;
}

const nothing = { photos: [], unreadable: [] };

/**
 * Learns to tell the photos of class folders apart, on the features of a body.
 * @param use gets what was learned, while the body is open and the cache is held
 * @throws TrainingError for folders and bodies that nothing can be learned from
 */
export async function train<Result>(
  options: TrainOptions,
  use: (trained: Trained) => Promise<Result>,
): Promise<Result> {
  const { folders, skipped } = await findClassFolders(options.photos);
  const labels = folders.map(({ label }) => label);
  requireEnoughPhotos(new Map(folders.map(({ label, photos }) => [label, photos.length])), options.photos);
  const files = folders.flatMap(({ photos }, label) => photos.map((path) => ({ path, label })));

  const body = await openBody(options.body, options.engine);
  try {
    const cache = new FeatureCache(options.cache, body.version, body.featureCount);
    try {
      const collect = (stage: TrainingStage, wanted: typeof files) =>
        collectFeatures(wanted, cache, {
          ...options.engine,
          body: options.body,
          threads: options.threads,
          onProgress: (done, total) => options.onProgress(stage, done, total),
        });
      const { photos: readable, unreadable, cached } = await collect('Reading photos', files);
      const sorted = sortOutCopies(readable);
      requireEnoughPhotos(countByLabel(labels, sorted.photos), options.photos);
      const otherPaths = options.others === undefined ? [] : await findPhotosBelow(options.others);
      const otherFiles = otherPaths.map((path) => ({ path, label: -1 }));
      const others = otherFiles.length === 0 ? nothing : await collect('Reading other photos', otherFiles);

      const { featureCount } = body;
      const { seed, threads } = options;
      const otherFeatures = others.photos.flatMap(({ hash }) => cache.get(hash)?.features ?? []);
      const learned = await learn(sorted.photos, cache, {
        labels,
        featureCount,
        seed,
        threads,
        others: otherFeatures,
        makeEmpty: () => makeEmptyFeatures(body, cache),
        onProgress: (done, total) => options.onProgress('Learning', done, total),
      });
      return await use({
        ...sorted,
        labels,
        learned,
        calibration: learned.calibration,
        skipped: [...skipped, ...unreadable, ...others.unreadable],
        cached,
        body,
      });
    } finally {
      cache.close();
    }
  } finally {
    body.dispose();
  }
}

export function countByLabel(
  labels: readonly string[],
  photos: readonly { readonly label: number }[],
): ReadonlyMap<string, number> {
  const counts = new Map(labels.map((label) => [label, 0]));
  for (const { label } of photos) {
    const name = labels[label] as string;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
