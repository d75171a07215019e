import type { AnsweredPhoto } from '../../../cli/review/read-results.ts';

/** An answer with these probabilities by label, the most probable first. */
export function answeredPhoto(
  name: string,
  shares: Readonly<Record<string, number>>,
  more: Partial<AnsweredPhoto> = {},
): AnsweredPhoto {
  const predictions = Object.entries(shares).map(([label, probability]) => ({ label, probability }));
  return { name, verdict: 'unsure', predictions, ...more };
}
