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
  describeLikelihood,
  isClearlyBetter,
  isMoreRight,
  type PixelWay,
  type TriedWay,
} from '../../importer/pixels/rank-ways.ts';
import type { Card } from '../../model/card/card.ts';
import { findLabelledPhotos } from '../photos/find-photos.ts';
import { mostPhotosTried, tryWays } from './try-ways.ts';

interface WayOfTrial {
  readonly option: string;
  readonly right: number;
  /** What the right label gets on average, where numbers of right photos alone do not tell. */
  readonly likelihood?: { readonly better: string; readonly chosen: string };
}

/** How many labelled photos come out right. */
export interface PhotoTrial {
  /** How many were tried. */
  readonly photos: number;
  /** How many there are, of which those were taken evenly. */
  readonly of: number;
  readonly right: number;
  /** A way that is clearly better than the chosen one. */
  readonly better?: WayOfTrial;
  /** Further ones, than which that is not clearly better. */
  readonly alsoBetter?: readonly Omit<WayOfTrial, 'likelihood'>[];
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
  // Those that can't be read are told apart from this.
  const of = photos.length > mostPhotosTried ? photos.length : (tried[0]?.isRight.length ?? 0);
  if (found !== undefined) return { ...found, trial: describeTrial(tried, of) };
  const best = clearlyBest(tried);
  if (best === undefined) throw askForPreprocessing(draft, tried, of);
  const { option, preprocessing } = best;
  const trial = { photos: best.isRight.length, of, right: countRight(best) };
  return { option, preprocessing, because: describeChoice(best, tried), trial };
}

function describeChoice(best: TriedWay, tried: readonly TriedWay[]): string {
  const second = bestOf(tried.filter((way) => way !== best)) as TriedWay;
  if (isMoreRight(best, second)) {
    return `labelled photos come out right most often so, where ${second.option} gets ${countRight(second)} right`;
  }
  const [likelihood, ofSecond] = [best, second].map(describeLikelihood);
  return `labelled photos speak for it: the right label gets ${likelihood} on average, with ${second.option} ${ofSecond}`;
}

/** The first way is the chosen one. */
function describeTrial(tried: readonly TriedWay[], of: number): PhotoTrial {
  const [chosen, ...others] = tried as [TriedWay, ...TriedWay[]];
  const trial = { photos: chosen.isRight.length, of, right: countRight(chosen) };
  const allBetter = others.filter((way) => isClearlyBetter(way, chosen));
  const better = bestOf(allBetter);
  if (better === undefined) return trial;
  const alsoBetter = allBetter.filter((way) => way !== better && !isClearlyBetter(better, way));
  const likelihood = { better: describeLikelihood(better), chosen: describeLikelihood(chosen) };
  return {
    ...trial,
    better: { ...countOf(better), ...(!isMoreRight(better, chosen) && { likelihood }) },
    ...(alsoBetter.length > 0 && { alsoBetter: alsoBetter.map(countOf) }),
  };
}

function countOf(way: TriedWay) {
  return { option: way.option, right: countRight(way) };
}
