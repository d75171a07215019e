import type { Answer } from '../../../facts/answers.ts';

type Verdict = Answer['verdict'];

/** A verdict in a word. */
export const verdictWords: Readonly<Record<Verdict | 'failed', string>> = {
  confident: 'Confident',
  unsure: 'Unsure',
  unfamiliar: 'Unfamiliar',
  uncalibrated: 'Not measured',
  failed: 'Failed',
};

const sentences: Readonly<Record<Verdict, string>> = {
  confident: 'Answers like this one are very rarely wrong.',
  unsure: 'The first label may be wrong; look at the second.',
  unfamiliar: 'This does not look like the photos that the model learned from, so its labels mean little.',
  uncalibrated:
    'Nobody has measured how often this model is right, so nothing is promised. Its owner can measure it: lambda-lens calibrate MODEL --photos FOLDER.',
};

/** What a verdict means; with independent labels, what the probabilities mean too. */
export function describeVerdict(verdict: Verdict, areIndependent: boolean): string {
  return areIndependent
    ? `${sentences[verdict]} Each label is judged by itself: several may hold, or none.`
    : sentences[verdict];
}

/** A probability of 0–1 in per cent; never 100 or 0 for what is less or more. */
export function percent(probability: number): string {
  if (probability < 1 && probability >= 0.9995) return '> 99.9 %';
  if (probability > 0 && probability < 0.0005) return '< 0.1 %';
  return `${(probability * 100).toFixed(1)} %`;
}

/** Whether a label is too long for the largest letters. */
export function isLong(label: string): boolean {
  return [...label].length > 16;
}

/** Dollars as a person reads them: two digits that matter. */
export function dollars(amount: number): string {
  if (amount >= 0.01) return `$${amount.toFixed(2)}`;
  const digits = Math.min(9, 1 - Math.floor(Math.log10(Math.max(amount, 1e-9))));
  return `$${amount.toFixed(digits)}`;
}
