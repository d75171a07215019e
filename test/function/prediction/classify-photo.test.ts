import { describe, expect, it, vi } from 'vitest';
import { classifyPhoto } from '../../../function/prediction/classify-photo.ts';
import { readLimits } from '../../../function/settings/limits.ts';
import type { Classifier } from '../../../model/classification.ts';

const card = { input: { width: 8, height: 8, resize: 'bilinear-antialias', fit: 'stretch' } };
const nobodyGone = { explain: false, throwIfOver: () => undefined };

/** Parts whose decoder lends its pixels, and what is told when they are given back. */
function lending() {
  const release = vi.fn();
  const pixels = { width: 1, height: 1, data: new Uint8Array(3), release };
  const decodePhoto = vi.fn(async () => ({ pixels, photo: {} }));
  return {
    release,
    decodePhoto,
    parts: { decodePhoto, limits: readLimits({}) } as unknown as Parameters<typeof classifyPhoto>[0],
  };
}

describe('lent pixels', () => {
  it('are given back once they are classified', async () => {
    const { release, decodePhoto, parts } = lending();
    const classify = vi.fn(() => expect(release).not.toHaveBeenCalled());

    await classifyPhoto(parts, { card, classify } as unknown as Classifier, new Uint8Array(1), nobodyGone);

    expect(decodePhoto).toHaveBeenCalledWith(expect.anything(), expect.objectContaining({ mayLend: true }));
    expect(classify).toHaveBeenCalledOnce();
    expect(release).toHaveBeenCalledOnce();
  });

  it('are given back where nobody waits for the answer any more', async () => {
    const { release, parts } = lending();
    const throwIfOver = () => {
      throw new Error('over');
    };

    const answer = classifyPhoto(parts, { card } as unknown as Classifier, new Uint8Array(1), {
      explain: false,
      throwIfOver,
    });

    await expect(answer).rejects.toThrow('over');
    expect(release).toHaveBeenCalledOnce();
  });
});
