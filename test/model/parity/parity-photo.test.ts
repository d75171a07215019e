import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { drawParityPhoto, parityPhotoKinds } from '../../../model/parity/parity-photo.ts';

// Any change of the drawing makes every parity.json wrong, so the bytes are pinned.
const digests = {
  gradient: 'c3e597eb9a0806ab',
  stripes: '7e35e115b5fd0c3b',
  discs: 'f4304427ded622af',
  noise: 'aebf26222470117e',
  garment: 'ef263f56ab28ca55',
} as const;

describe('drawParityPhoto', () => {
  it.each(parityPhotoKinds)('draws the same bytes for %s as ever', (kind) => {
    const photo = drawParityPhoto({ kind, width: 37, height: 23, seed: 4_000_000_000 });

    expect(photo.data).toHaveLength(37 * 23 * 3);
    expect(createHash('sha256').update(photo.data).digest('hex').slice(0, 16)).toBe(digests[kind]);
  });

  it.each(parityPhotoKinds)('draws %s in a single pixel', (kind) => {
    expect(drawParityPhoto({ kind, width: 1, height: 1, seed: 1 }).data).toHaveLength(3);
  });
});
