import type { Answer } from '../facts/answers.ts';
import { showName, showShortName } from './terminal/show-controls.ts';
import { styleVerdict } from './terminal/style-verdict.ts';
import { type Printable, styled } from './terminal/styled-text.ts';

const barWidth = 24;
const longestLabelInCharacters = 60;

/** One photo's answer as lines for a terminal: what it is, then a bar for each label. */
export function describeAnswer(file: string, { predictions, verdict, photo, timing }: Answer): Printable {
  const labels = predictions.map(({ label }) => showShortName(label, longestLabelInCharacters));
  const labelWidth = labels.reduce((widest, label) => Math.max(widest, label.length), 0);
  const lines = predictions.flatMap(({ probability }, index) => {
    const percent = `${(probability * 100).toFixed(1)} %`.padStart(7);
    const bar = '█'.repeat(Math.round(probability * barWidth));
    const line = `\n  ${labels[index]?.padEnd(labelWidth)} ${percent}`;
    return bar === '' ? [line] : [`${line}  `, styled('cyan', bar)];
  });
  const facts = `${photo.format} ${photo.width} × ${photo.height}, ${Math.round(timing.totalMs)} ms`;
  return [styled('bold', showName(file)), ': ', styleVerdict(verdict, verdict), styled('dim', ` (${facts})`), ...lines];
}
