import type { Answer } from '../facts/answers.ts';
import { showName, showShortName } from './terminal/show-controls.ts';

const barWidth = 24;
const longestLabelInCharacters = 60;

/** One photo's answer as lines for a terminal: what it is, then a bar for each label. */
export function describeAnswer(file: string, { predictions, verdict, photo, timing }: Answer): string {
  const labels = predictions.map(({ label }) => showShortName(label, longestLabelInCharacters));
  const labelWidth = labels.reduce((widest, label) => Math.max(widest, label.length), 0);
  const lines = predictions.map(({ probability }, index) => {
    const percent = `${(probability * 100).toFixed(1)} %`.padStart(7);
    return `  ${labels[index]?.padEnd(labelWidth)} ${percent}  ${'█'.repeat(Math.round(probability * barWidth))}`.trimEnd();
  });
  const facts = `${photo.format} ${photo.width} × ${photo.height}, ${Math.round(timing.totalMs)} ms`;
  return [`${showName(file)}: ${verdict} (${facts})`, ...lines].join('\n');
}
