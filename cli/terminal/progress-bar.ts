import { redrawLine } from './print.ts';

const widestBarInCharacters = 30;
const narrowestBarInCharacters = 5;
const redrawAfterMilliseconds = 100;

/**
 * A bar on a terminal's standard error that is redrawn in place; a function that does nothing where standard error is
 * no terminal, as in a pipe or a log. Call it with `done` = `total` to take the bar away.
 */
export function createProgressBar(title: string): (done: number, total: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  const startedAt = performance.now();
  let drawnAt = 0;
  return (done, total) => {
    const now = performance.now();
    if (done >= total) {
      if (drawnAt > 0) redrawLine('');
      return;
    }
    if (now - drawnAt < redrawAfterMilliseconds) return;
    drawnAt = now;
    redrawLine(drawProgress({ title, done, total, milliseconds: now - startedAt }, process.stderr.columns ?? 80));
  };
}

export interface Progress {
  readonly title: string;
  readonly done: number;
  /** At least 1. */
  readonly total: number;
  /** Since the start. */
  readonly milliseconds: number;
}

/**
 * One line of less than `columns` characters, so that a terminal never breaks it and the next one replaces it whole: title,
 * bar, count, share, rate and time left, as many of them as have room, the count first.
 */
export function drawProgress({ title, done, total, milliseconds }: Progress, columns: number): string {
  const room = columns - 1;
  const share = done / total;
  const perSecond = done === 0 ? 0 : (done / milliseconds) * 1000;
  const count = `${done}/${total}`;
  const facts = [
    `${Math.floor(share * 100)} %`,
    ...(done === 0 ? [] : [`${describeDuration((total - done) / perSecond)} left`, `${describeRate(perSecond)}/s`]),
  ];
  let line = fits(count, room) ? count : '';
  if (fits(`${title} ${line}`, room)) line = `${title} ${line}`;
  for (const fact of facts) if (fits(`${line}  ${fact}`, room)) line = `${line}  ${fact}`;
  const width = Math.min(widestBarInCharacters, room - line.length - 1);
  if (width < narrowestBarInCharacters) return line.trim();
  const bar = '█'.repeat(Math.floor(share * width)).padEnd(width, '░');
  return `${bar} ${line}`;
}

function fits(text: string, room: number): boolean {
  return text.length <= room;
}

function describeRate(perSecond: number): string {
  return perSecond >= 10 ? perSecond.toFixed(0) : perSecond.toFixed(1);
}

/** 75 s as 1:15 min. */
function describeDuration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${String(Math.floor(seconds % 60)).padStart(2, '0')} min`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')} h`;
}
