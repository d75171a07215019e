import { expect, it } from 'vitest';
import { drawCurve } from '../../../cli/train/draw-curve.ts';

const points = [
  { photos: 50, accuracy: 0.63 },
  { photos: 100, accuracy: 0.75 },
  { photos: 200, accuracy: 0.9 },
];

it('draws photos across by their logarithm, right answers upwards from the tenth below the lowest, and what to expect', () => {
  const svg = drawCurve({ points, twice: { photos: 400, accuracy: 0.94 } });

  expect(svg).toContain('<svg viewBox="0 0 420 200" width="420"');
  expect(svg).toContain('<path d="M50 142.5L156.7 112.5L263.3 75" fill="none"/>');
  expect(svg).toContain('<path d="M263.3 75L370 65" fill="none" stroke-dasharray="4"/>');
  expect(svg).toContain(
    '<text x="210" y="192" text-anchor="middle">photos learned from; dashed: to be expected</text>',
  );
  expect(svg).toContain('aria-label="50 photos: 63.0 %, 100 photos: 75.0 %, 200 photos: 90.0 %, 400 photos: 94.0 %"');
});

it('marks each point with its share above and its photos below', () => {
  const svg = drawCurve({ points, twice: undefined });

  expect(svg).toContain(
    '<circle cx="210" cy="112.5" r="3" fill="none"/><text x="210" y="104.5" text-anchor="middle">75.0 %</text>' +
      '<text x="210" y="170" text-anchor="middle">100</text>',
  );
  expect(svg).not.toContain('dashed');
  expect(svg.match(/<path /g)).toHaveLength(1);
});

it.each([
  ['nothing', [], ''],
  ['one point', points.slice(0, 1), ''],
  ['two points', points.slice(0, 2), '<svg'],
])('of %s it draws %j', (_, some, beginning) => {
  expect(drawCurve({ points: some, twice: undefined }).slice(0, 4)).toBe(beginning);
});
