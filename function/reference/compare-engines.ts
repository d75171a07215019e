import type { Classifier } from '../../model/classification.ts';
import { type Agreement, compareScores } from '../../model/parity/compare-scores.ts';

/**
 * How far the classifier that serves is from the same model on the other engine, on the drawn photos of parity.json; null
 * where the model has none. The other is loaded for this alone, which takes a second and the model's memory once more.
 */
export async function compareEngines(
  serving: Classifier,
  loadOther: () => Promise<Classifier>,
): Promise<Agreement | null> {
  const photos = serving.drawParityPhotos();
  if (photos === undefined) return null;
  const other = await loadOther();
  try {
    const scoresOf = (classifier: Classifier) => photos.map((photo) => classifier.measure(photo).scores);
    const references = scoresOf(other);
    return compareScores(
      scoresOf(serving).map((scores, at) => ({ scores, reference: references[at] as Float32Array })),
    );
  } finally {
    other.dispose();
  }
}
