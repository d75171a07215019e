import type { Answer } from '../../facts/answers.ts';
import { type StyledText, styled } from './styled-text.ts';

const styles = {
  confident: ['green', '✓'],
  unsure: ['yellow', '?'],
  unfamiliar: ['red', '✗'],
  uncalibrated: ['dim', '–'],
} as const satisfies Record<Answer['verdict'], readonly [StyledText['style'], string]>;

/** A text in the looks of a verdict. */
export function styleVerdict(verdict: Answer['verdict'], text: string): StyledText {
  const [style, sign] = styles[verdict];
  return styled(style, text, sign);
}
