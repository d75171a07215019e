import { maximumPhotoFileSizeInBytes } from '../../files/file-limits.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import { assets } from '../../function/bundling/assets.ts';
import { type DraftModel, PixelTrial } from '../../importer/pixels/pixel-trial.ts';
import { judgeWay, type PixelWay, type TriedWay } from '../../importer/pixels/rank-ways.ts';
import type { LabelledLogits } from '../../model/calibration/temperature.ts';
import { decodePhoto } from '../../photo/decode-photo.ts';
import type { RgbPixels } from '../../photo/pixels/pixels.ts';
import { CliError } from '../cli-error.ts';
import { describeFileError } from '../describe-file-error.ts';
import type { LabelledPhoto } from '../photos/find-photos.ts';
import { printError } from '../terminal/print.ts';
import { createProgressBar } from '../terminal/progress-bar.ts';

/** More tell no more about which way is right. */
export const mostPhotosTried = 100;
const maximumPixels = 100_000_000;

/** Asks the model about labelled photos, at most 100 of them spread over all, under each way from pixels to input. */
export async function tryWays<Way extends PixelWay>(
  model: DraftModel,
  ways: readonly Way[],
  photos: readonly LabelledPhoto[],
): Promise<(Way & TriedWay)[]> {
  const chosen = spread(photos);
  const trial = await PixelTrial.open(model, assets);
  const answers = ways.map(() => [] as LabelledLogits[]);
  const showProgress = createProgressBar('Trying photos');
  try {
    for (const [index, { path, label }] of chosen.entries()) {
      const pixels = await decode(path);
      if (pixels !== undefined) {
        for (const [at, way] of ways.entries()) answers[at]?.push({ logits: trial.logitsOf(pixels, way), label });
      }
      showProgress(index + 1, chosen.length);
    }
  } finally {
    trial.dispose();
  }
  if (answers[0]?.length === 0) throw new CliError('None of the photos can be read.', 'Give JPEG, PNG or WebP files.');
  return ways.map((way, at) => judgeWay(way, answers[at] as LabelledLogits[]));
}

function spread(photos: readonly LabelledPhoto[]): readonly LabelledPhoto[] {
  if (photos.length <= mostPhotosTried) return photos;
  return Array.from(
    { length: mostPhotosTried },
    (_, at) => photos[Math.floor((at * photos.length) / mostPhotosTried)] as LabelledPhoto,
  );
}

/** Undefined for a photo that cannot be read: the others tell as much. */
async function decode(path: string): Promise<RgbPixels | undefined> {
  try {
    return (await decodePhoto(readPlainFile(path, maximumPhotoFileSizeInBytes), { maximumPixels })).pixels;
  } catch (error) {
    printError(`${path}: ${describeFileError(error).message}`);
    return undefined;
  }
}
