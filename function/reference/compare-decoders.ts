import type { Classifier } from '../../model/classification.ts';
import { type Agreement, compareScores } from '../../model/parity/compare-scores.ts';
import type { RgbPixels } from '../../photo/pixels/pixels.ts';

export type Decode = (bytes: Uint8Array) => Promise<{ readonly pixels: RgbPixels }>;

/** How far apart the classifier's scores are for photos as one decoder sees them and as the other does. */
export async function compareDecoders(
  classifier: Classifier,
  decode: Decode,
  decodeByReference: Decode,
  photos: readonly Uint8Array[],
): Promise<Agreement> {
  const scoresOf = async (by: Decode, photo: Uint8Array) => classifier.measure((await by(photo)).pixels).scores;
  const pairs = [];
  for (const photo of photos) {
    pairs.push({ scores: await scoresOf(decode, photo), reference: await scoresOf(decodeByReference, photo) });
  }
  return compareScores(pairs);
}
