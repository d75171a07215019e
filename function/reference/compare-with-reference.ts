import type { Classifier } from '../../model/classification.ts';
import type { Agreement } from '../../model/parity/compare-scores.ts';
import { disagreement } from '../health/disagreement.ts';
import { compareEngines } from './compare-engines.ts';

/** The two sum in different orders; a wrong kernel is off by far more. */
const largestDifferenceOfEngines = 0.001;

/** How far what serves is from the reference that stands beside it. */
export interface ReferenceReport {
  /** Null for a model without parity photos. */
  readonly engines: Agreement | null;
}

/** @throws ServiceError `internal_error` where the two differ by more than rounding explains; its cause has the figures */
export async function compareWithReference(
  serving: Classifier,
  loadOther: () => Promise<Classifier>,
): Promise<ReferenceReport> {
  const report = { engines: await compareEngines(serving, loadOther) };
  if ((report.engines?.largestDifference ?? 0) > largestDifferenceOfEngines) {
    throw disagreement('The two engines do not agree.', report);
  }
  return report;
}
