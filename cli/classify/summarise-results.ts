import type { Answer } from '../../facts/answers.ts';
import { styleVerdict } from '../terminal/style-verdict.ts';
import { type Printable, styled } from '../terminal/styled-text.ts';
import type { FileResult } from './messages.ts';

const verdicts = ['confident', 'unsure', 'unfamiliar', 'uncalibrated'] as const satisfies readonly Answer['verdict'][];

/** Counts results one by one and puts them into a line: how many of each verdict, failures, rate and time. */
export class ResultSummary {
  failed = 0;
  readonly #startedAt = performance.now();
  readonly #counts = new Map<Answer['verdict'], number>();

  add(result: FileResult): void {
    if ('error' in result) this.failed++;
    else this.#counts.set(result.answer.verdict, (this.#counts.get(result.answer.verdict) ?? 0) + 1);
  }

  /** `9 photos classified: 7 confident, 2 unsure; 1 failed; 2.0 s, 5.0/s` */
  describe(milliseconds = performance.now() - this.#startedAt): Printable {
    const found = verdicts.flatMap((verdict) => {
      const count = this.#counts.get(verdict);
      return count === undefined ? [] : [styleVerdict(verdict, `${count} ${verdict}`)];
    });
    const classified = [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
    const perSecond = ((classified + this.failed) / milliseconds) * 1000;
    const rate = perSecond >= 10 ? perSecond.toFixed(0) : perSecond.toFixed(1);
    return [
      styled('bold', `${classified} ${classified === 1 ? 'photo' : 'photos'} classified`),
      ...found.flatMap((piece, index) => [index === 0 ? ': ' : ', ', piece]),
      '; ',
      this.failed === 0 ? '0 failed' : styled('red', `${this.failed} failed`, '✗'),
      `; ${(milliseconds / 1000).toFixed(1)} s${classified + this.failed === 0 ? '' : `, ${rate}/s`}`,
    ];
  }
}
