import type { ReferenceBody } from '../../facts/answers.ts';
import type { Classifier } from '../../model/classification.ts';
import { disagreement } from '../health/disagreement.ts';
import { compareDecoders } from './compare-decoders.ts';
import { compareEngines } from './compare-engines.ts';
import { readReferencePhotos } from './reference-photos.ts';
import type { References } from './references.ts';

/** The two sum in different orders; a wrong kernel is off by far more. */
const largestDifferenceOfEngines = 0.001;
/** Decoders spread colour over edges in ways of their own; a wrong one is off by far more. */
const largestDifferenceOfDecoders = 0.02;

/**
 * How far the engines are apart on the parity photos (null for a model without), and the decoders on the encoded ones.
 * @throws ServiceError `internal_error` where the two differ by more than rounding explains; its cause has the figures
 */
export async function compareWithReference(serving: Classifier, references: References): Promise<ReferenceBody> {
  const { loadOtherEngine, decodeByOwn, decodeByReference, photosDirectory } = references;
  const photos = readReferencePhotos(photosDirectory);
  const report = {
    engines: await compareEngines(serving, loadOtherEngine),
    decoders: await compareDecoders(serving, decodeByOwn, decodeByReference, photos),
  };
  if ((report.engines?.largestDifference ?? 0) > largestDifferenceOfEngines) {
    throw disagreement('The two engines do not agree.', report);
  }
  if (report.decoders.largestDifference > largestDifferenceOfDecoders) {
    throw disagreement('The two decoders do not agree.', report);
  }
  return report;
}
