import { describe, expect, it } from 'vitest';
import { createTestService, request, tinyClassifier } from '../../helpers/test-service.ts';

describe('GET /health', () => {
  it('says which model answers, on what', async () => {
    const { version } = await tinyClassifier();

    const { status, json: answer } = await request(createTestService(), { path: '/health' });

    expect(status).toBe(200);
    expect(answer).toEqual({
      status: 'ok',
      model: { name: 'tiny', version, labels: ['red', 'green'], output: 'logits' },
      version: '1.2.3',
      architecture: process.arch === 'x64' ? 'x86_64' : process.arch,
      limits: { bodySizeInBytes: 4_500_000, photoSizeInBytes: 20_000_000, pixels: 50_000_000, items: 16 },
    });
  });

  const withParity = (ok: boolean) => async () => {
    const { card, version } = await tinyClassifier();
    const report = { photos: 4, largestDifference: 0.25, sameFirstLabels: ok, ok };
    return { ...(await tinyClassifier()), card, version, verifyParity: () => report };
  };

  it('deep, adds how far the answers are from those of Keras', async () => {
    const service = createTestService({ classifier: withParity(true) as typeof tinyClassifier });

    const { json: answer } = await request(service, { path: '/health', query: 'deep=1' });

    expect(answer.parity).toEqual({ photos: 4, largestDifference: 0.25, sameFirstLabels: true });
  });

  it('deep, has nothing to compare for a model without parity photos', async () => {
    expect((await request(createTestService(), { path: '/health', query: 'deep=1' })).json.parity).toBeNull();
  });

  it('deep, fails when the model answers otherwise than Keras did', async () => {
    const service = createTestService({ classifier: withParity(false) as typeof tinyClassifier });

    const { status } = await request(service, { path: '/health', query: 'deep=1' });

    expect(status).toBe(500);
    expect(JSON.stringify(service.lines)).toContain('0.25');
  });

  it('refuses an unknown option', async () => {
    expect((await request(createTestService(), { path: '/health', query: 'shallow=1' })).status).toBe(400);
  });
});
