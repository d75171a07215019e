import { expect, it } from 'vitest';
import type { CardInput } from '../../../model/card/card.ts';
import { areaOfInput } from '../../../model/fit/part-of-photo.ts';

const input: CardInput = {
  width: 100,
  height: 100,
  channels: 'rgb',
  resize: 'bilinear',
  fit: 'stretch',
  scale: 1,
  offset: 0,
};

it.each<[string, Partial<CardInput>, object]>([
  ['all of it where it is stretched', {}, { left: 0, top: 0, width: 1, height: 1 }],
  ['the middle where it is cropped', { fit: 'center-crop' }, { left: 0.25, top: 0, width: 0.5, height: 1 }],
  ['more than it where it is padded', { fit: 'letterbox' }, { left: 0, top: -0.5, width: 1, height: 2 }],
  // 800 × 400 becomes 256 × 128, of which the middle 100 × 100 are shown.
  [
    'less of the middle where it is resized first',
    { fit: 'center-crop', resizeTo: 128 },
    { left: 0.305, top: 0.11, width: 0.39, height: 0.78 },
  ],
])('the input shows of a photo twice as wide as high %s', (_case, changes, area) => {
  const shown = areaOfInput({ width: 800, height: 400 }, { ...input, ...changes });

  for (const [side, share] of Object.entries(area)) expect(shown[side as keyof typeof shown]).toBeCloseTo(share, 2);
});
