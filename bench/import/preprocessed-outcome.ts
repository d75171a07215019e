/** What an import without options came to, against Keras's labels of the photos; null where Keras itself is undecided. */
export type PreprocessedOutcome =
  | { readonly kind: 'same'; readonly photos: number }
  | { readonly kind: 'asked' }
  | { readonly kind: 'wrong'; readonly reason: string };

export interface Answers {
  /** The position of Keras's first label of each photo. */
  readonly labels: readonly (number | null)[];
  /** Shares of photos that get the same label where the pixels are scaled in another common way, which is the wrong one. */
  readonly otherScales: readonly number[];
}

const fewestPhotos = 8;

/** Whether every photo that Keras is sure of has the same label. Fewer than eight of them prove nothing. */
export function compareLabels(
  found: readonly string[],
  names: readonly string[],
  answers: Answers,
): PreprocessedOutcome {
  const expected = answers.labels.map((label) => (label === null ? undefined : names[label]));
  const sure = expected.filter((label) => label !== undefined).length;
  if (found.length !== expected.length) return { kind: 'wrong', reason: `${found.length} photos answered` };
  if (sure < fewestPhotos) return { kind: 'wrong', reason: `Keras is sure of ${sure} photos only` };
  const differing = expected.filter((label, at) => label !== undefined && label !== found[at]).length;
  if (differing > 0) return { kind: 'wrong', reason: `${differing} of ${sure} labels differ` };
  return { kind: 'same', photos: sure };
}

const question = 'does not tell how the model wants its pixels';

/** What a failed import says: the question is right, anything else is not. */
export function judgeRefusal(exitCode: number, words: string): PreprocessedOutcome {
  if (exitCode === 1 && words.includes(question)) return { kind: 'asked' };
  return { kind: 'wrong', reason: `exit code ${exitCode}: ${words.split('\n')[0] ?? ''}` };
}

/** `same`, `asked` or `WRONG` for a way in all file formats; the formats are named where they differ. */
export function describeOutcomes(outcomes: Readonly<Record<string, PreprocessedOutcome>>): string {
  const words = Object.entries(outcomes).map(([format, outcome]) => [format, outcome.kind] as const);
  const kinds = new Set(words.map(([, kind]) => kind));
  const show = (kind: PreprocessedOutcome['kind']) => (kind === 'wrong' ? 'WRONG' : kind);
  const [only] = kinds;
  if (only === undefined) return '–';
  if (kinds.size === 1) return show(only);
  return words.map(([format, kind]) => `.${format} ${show(kind)}`).join(', ');
}
