import { expect, it } from 'vitest';
import { onWhite } from '../../../photo/pixels/on-white.ts';

it('is the exact mixture with white, rounded, for every sample and alpha', () => {
  for (let sample = 0; sample < 256; sample++) {
    for (let alpha = 0; alpha < 256; alpha++) {
      const exact = (sample * alpha + 255 * (255 - alpha)) / 255;
      const distance = Math.abs(onWhite(sample, alpha) - exact);
      if (distance > 0.5) throw new Error(`${sample} with alpha ${alpha} is ${distance} away`);
    }
  }

  expect([onWhite(100, 255), onWhite(100, 0)]).toEqual([100, 255]);
});
