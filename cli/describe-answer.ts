import type { Answer } from '../function/prediction/prediction-answer.ts';

const barWidth = 24;

/** One photo's answer as lines for a terminal: what it is, then a bar for each label. */
export function describeAnswer(file: string, { predictions, verdict, photo, timing }: Answer): string {
  const labelWidth = Math.max(...predictions.map(({ label }) => label.length));
  const lines = predictions.map(({ label, probability }) => {
    const percent = `${(probability * 100).toFixed(1)} %`.padStart(7);
    return `  ${label.padEnd(labelWidth)} ${percent}  ${'█'.repeat(Math.round(probability * barWidth))}`.trimEnd();
  });
  const facts = `${photo.format} ${photo.width} × ${photo.height}, ${Math.round(timing.totalMs)} ms`;
  return [`${file}: ${verdict} (${facts})`, ...lines].join('\n');
}
