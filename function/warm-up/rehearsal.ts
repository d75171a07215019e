import type { Classifier } from '../../model/classification.ts';

/**
 * A classifier for the warm-up alone: photos go the whole way through it but for the model, of which a part runs. A start
 * is shorter by what the rest takes, since all that is compiled is compiled in that part.
 */
export function toRehearsal(classifier: Classifier): Classifier {
  const { card, version, canExplain } = classifier;
  return {
    card,
    version,
    canExplain,
    classify: (pixels) => classifier.classify(pixels, { isRehearsal: true }),
    measure: (pixels) => classifier.measure(pixels),
    judge: (measurement) => classifier.judge(measurement),
    drawParityPhotos: () => classifier.drawParityPhotos(),
    verifyParity: () => classifier.verifyParity(),
    dispose: () => classifier.dispose(),
  };
}
