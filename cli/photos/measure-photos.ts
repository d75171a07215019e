import { maximumPhotoFileSizeInBytes } from '../../files/file-limits.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import { smallestUsefulSize } from '../../model/card/smallest-useful-size.ts';
import type { Classification, Classifier, Measurement } from '../../model/classification.ts';
import type { DecodeOptions } from '../../photo/decode-photo.ts';
import { decodePhoto } from '../../photo/decode-photo.ts';
import { describeFileError } from '../describe-file-error.ts';
import { createProgressBar } from '../terminal/progress-bar.ts';

/** What the model made of a photo, through the same decoder and the same fit as in the service. */
export interface PhotoResult<Photo> {
  readonly photo: Photo;
  readonly measurement: Measurement;
  readonly classification: Pick<Classification, 'probabilities' | 'verdict'>;
}

/** The photos measured, and those that could not be read with the reason why. */
export interface PhotoResults<Photo> {
  readonly measured: readonly PhotoResult<Photo>[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

// Photos on one's own disk are no attack, so that only what memory allows is refused.
const maximumPixels = 100_000_000;

/** Reads, decodes and measures photo by photo, in their order; goes on after one that cannot be read. */
export async function measurePhotos<Photo extends { readonly path: string }>(
  classifier: Classifier,
  photos: readonly Photo[],
  title: string,
): Promise<PhotoResults<Photo>> {
  const measured: PhotoResult<Photo>[] = [];
  const unreadable: { path: string; reason: string }[] = [];
  const showProgress = createProgressBar(title);
  for (const [index, photo] of photos.entries()) {
    try {
      const { pixels } = await decodePhoto(
        readPlainFile(photo.path, maximumPhotoFileSizeInBytes),
        decodeOptionsFor(classifier),
      );
      const measurement = classifier.measure(pixels);
      measured.push({ photo, measurement, classification: classifier.judge(measurement) });
    } catch (thrown) {
      unreadable.push({ path: photo.path, reason: describeFileError(thrown).message });
    }
    showProgress(index + 1, photos.length);
  }
  return { measured, unreadable };
}

/** The service decodes to a smaller scale where the fit averages over all pixels anyway; so does this. */
function decodeOptionsFor({ card }: Classifier): DecodeOptions {
  const minimumSize = smallestUsefulSize(card.input);
  return { maximumPixels, ...(minimumSize && { minimumSize }) };
}
