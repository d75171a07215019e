import type { ImportedModel } from '../../importer/import-model.ts';
import {
  askForPreprocessing,
  type ChosenPreprocessing,
  findPreprocessing,
  isAlike,
  type PreprocessOptions,
} from '../../importer/pixels/choose-preprocessing.ts';
import {
  bestOf,
  clearlyBest,
  commonWays,
  countRight,
  isClearlyBetter,
  type PixelWay,
  type TriedWay,
} from '../../importer/pixels/rank-ways.ts';
import type { Card } from '../../model/card/card.ts';
import { findLabelledPhotos } from '../photos/find-photos.ts';
import { tryWays } from './try-ways.ts';

/** How many labelled photos come out right. */
export interface PhotoTrial {
  readonly photos: number;
  readonly right: number;
  /** A way that is clearly better than the chosen one. */
  readonly better?: { readonly option: string; readonly right: number };
}

interface PhotosOption extends PreprocessOptions {
  readonly photos?: string | undefined;
}

interface UndecidedModel extends Pick<ImportedModel, 'architectures' | 'pixels' | 'input'> {
  readonly card: Omit<Card, 'version'>;
}

/**
 * The way from pixels to input that the owner or the model tells, tried on labelled photos where there are some; where
 * neither tells, the way that gets clearly more of them right than any other. Throws an ImportError where none does.
 * @param directory holds the graph, whatever its card says of pixels
 */
export async function chooseByPhotos(
  directory: string,
  draft: UndecidedModel,
  options: PhotosOption,
): Promise<ChosenPreprocessing & { readonly trial?: PhotoTrial }> {
  const found = findPreprocessing(draft, options);
  if (options.photos === undefined) {
    if (found === undefined) throw askForPreprocessing(draft, []);
    return found;
  }
  const photos = await findLabelledPhotos(options.photos, draft.card.labels);
  const others = commonWays(draft.input.channels).filter(
    (way) => found === undefined || !isAlike(way.preprocessing, found.preprocessing),
  );
  const ways: PixelWay[] = found === undefined ? others : [found, ...others];
  const tried = await tryWays({ directory, ...draft.card }, ways, photos);
  if (found !== undefined) return { ...found, trial: describeTrial(tried) };
  const best = clearlyBest(tried);
  if (best === undefined) throw askForPreprocessing(draft, tried);
  const { option, preprocessing } = best;
  const second = bestOf(tried.filter((way) => way !== best));
  const because = `labelled photos come out right most often so, where ${second?.option} gets ${second ? countRight(second) : 0} right`;
  return { option, preprocessing, because, trial: { photos: best.isRight.length, right: countRight(best) } };
}

/** The first way is the chosen one. */
function describeTrial([chosen, ...others]: readonly TriedWay[]): PhotoTrial {
  const { isRight } = chosen as TriedWay;
  const better = bestOf(others.filter((way) => isClearlyBetter(way, chosen as TriedWay)));
  return {
    photos: isRight.length,
    right: countRight(chosen as TriedWay),
    ...(better && { better: { option: better.option, right: countRight(better) } }),
  };
}
