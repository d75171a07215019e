import type { CurvePoint, LearningCurve } from '../../training/findings/learning-curve.ts';

const [width, height, margin] = [420, 200, 50];

/** The curve as SVG: photos across, doubling with each step, and the share of right answers upwards. */
export function drawCurve({ points, twice }: LearningCurve): string {
  const all = [...points, ...(twice ? [twice] : [])];
  if (all.length < 2) return '';
  const logarithms = all.map(({ photos }) => Math.log(photos));
  const [left, right] = [Math.min(...logarithms), Math.max(...logarithms)];
  const low = Math.floor(Math.min(...all.map(({ accuracy }) => accuracy)) * 10) / 10;
  const x = ({ photos }: CurvePoint) =>
    round(margin + ((Math.log(photos) - left) / (right - left)) * (width - 2 * margin));
  const y = ({ accuracy }: CurvePoint) =>
    round(height - margin - ((accuracy - low) / (1 - low)) * (height - 2 * margin));
  const line = (some: readonly CurvePoint[]) =>
    some.map((point, at) => `${at === 0 ? 'M' : 'L'}${x(point)} ${y(point)}`).join('');
  const marks = all.map(
    (point) =>
      `<circle cx="${x(point)}" cy="${y(point)}" r="3" fill="none"/>` +
      `<text x="${x(point)}" y="${y(point) - 8}" text-anchor="middle">${(100 * point.accuracy).toFixed(1)} %</text>` +
      `<text x="${x(point)}" y="${height - margin + 20}" text-anchor="middle">${point.photos}</text>`,
  );
  const expected = twice
    ? `<path d="${line([points.at(-1) as CurvePoint, twice])}" fill="none" stroke-dasharray="4"/>`
    : '';
  const description = all
    .map(({ photos, accuracy }) => `${photos} photos: ${(100 * accuracy).toFixed(1)} %`)
    .join(', ');
  return (
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="${description}">` +
    `<path d="${line(points)}" fill="none"/>${expected}${marks.join('')}` +
    `<text x="${width / 2}" y="${height - 8}" text-anchor="middle">photos learned from${twice ? '; dashed: to be expected' : ''}</text></svg>`
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
