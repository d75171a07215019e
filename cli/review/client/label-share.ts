import { percent } from '../../../function/page/client/words.ts';

export interface LabelShare {
  /** Of the bar, as CSS has it. */
  readonly width: string;
  /** Empty for a label that the answer does not have. */
  readonly words: string;
}

/** What the row of a label shows of its probability. */
export function shareOf(probability: number | undefined): LabelShare {
  return probability === undefined
    ? { width: '0%', words: '' }
    : { width: `${probability * 100}%`, words: percent(probability) };
}
