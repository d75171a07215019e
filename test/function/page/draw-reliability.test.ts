import { expect, it } from 'vitest';
import { drawReliability } from '../../../function/page/draw-reliability.ts';

it('draws what was right upwards against what answers said across, with a grid of quarters', () => {
  const svg = drawReliability([
    { said: 0.1, right: 0.2, photos: 3 },
    { said: 0.9, right: 1, photos: 3 },
  ]);

  expect(svg).toContain('viewBox="0 0 420 330"');
  expect(svg).toContain('<path class="ideal" d="M52 286L394 12"/><path class="curve" d="M86 231L360 12"/>');
  expect(svg).toContain('<circle cx="86" cy="231" r="4"/><circle cx="360" cy="12" r="4"/>');
  expect(svg).toContain(
    '<path class="grid" d="M52 218H394M138 286V12"/><text x="44" y="222" text-anchor="end">25 %</text>' +
      '<text x="138" y="304" text-anchor="middle">25 %</text>',
  );
  expect(svg).toContain('<text x="223" y="324" text-anchor="middle">probability that the answers gave</text>');
  expect(svg.match(/class="grid" d="M52 \d+/g)?.map((path) => Number(path.slice(20)))).toEqual([286, 218, 149, 81, 12]);
});
