import { describe, expect, it } from 'vitest';
import { load } from '../../library/load.ts';
import { drawnJpeg } from '../helpers/drawn-jpeg.ts';
import { matrix } from '../helpers/matrix.ts';
import { tinyCard, writeTinyModel } from '../helpers/tiny-model.ts';

const directory = writeTinyModel({
  kernel: matrix('4 0 1 2, 0 4 1 2, 0 0 1 2'),
  card: { labels: ['red', 'green', 'any', 'bright'] },
});
const photo = drawnJpeg(16, 12);

describe('load', () => {
  it.each(['own', 'tensorflow'] as const)('classifies photos by a model directory on the engine %s', async (engine) => {
    const classifier = await load(directory, { engine });

    const answer = await classifier.classify(photo, { top: 4 });

    expect(classifier).toMatchObject({ name: tinyCard.name, labels: ['red', 'green', 'any', 'bright'] });
    expect(classifier.version).toMatch(/^[0-9a-f]{12}$/);
    expect(answer).toMatchObject({
      photo: { format: 'jpeg', width: 16, height: 12 },
      model: { name: 'tiny', version: classifier.version },
      timing: { coldStart: false },
    });
    expect(answer.predictions.map(({ label }) => label).sort()).toEqual(['any', 'bright', 'green', 'red']);
  });

  it('answers with three labels unless told otherwise, and with evidence where asked for', async () => {
    const classifier = await load(directory);

    const [plain, explained, one] = await Promise.all([
      classifier.classify(photo),
      classifier.classify(photo, { explain: true }),
      classifier.classify(photo, { top: 1 }),
    ]);

    expect(classifier.canExplain).toBe(true);
    expect([plain.predictions.length, one.predictions.length]).toEqual([3, 1]);
    expect(plain).not.toHaveProperty('explanation');
    expect(explained).toHaveProperty('explanation');
  });

  it('tells how long a photo took', async () => {
    const classifier = await load(directory);
    const startedAt = performance.now();

    const { timing } = await classifier.classify(photo);

    // Told to a tenth of a millisecond.
    expect(timing.totalMs).toBeLessThanOrEqual(performance.now() - startedAt + 0.1);
  });

  it('gives up when its signal fires, and rejects what is no photo', async () => {
    const classifier = await load(directory);

    await expect(classifier.classify(photo, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow();
    await expect(classifier.classify(Buffer.from('hello'))).rejects.toMatchObject({ code: 'unsupported_format' });
  });
});
