import { describe, expect, it } from 'vitest';
import { wireService } from '../../../function/wire.ts';
import type { Classifier } from '../../../model/classification.ts';
import { drawParityPhoto } from '../../../model/parity/parity-photo.ts';
import { contextFor, createTestService, request, testReferences, tinyClassifier } from '../../helpers/test-service.ts';
import { encodeReferencePhotos } from '../reference/encode-reference-photos.ts';

const asked = { path: '/health', query: 'deep=1&reference=1' };
const headers = { 'x-api-key': 'open-sesame' };

/** A classifier with one parity photo, which answers these scores for any photo. */
async function answering(scores: readonly number[], dispose = () => {}): Promise<Classifier> {
  const { card, version, canExplain } = await tinyClassifier();
  const measured = { scores: Float32Array.from(scores), logits: Float32Array.from(scores) };
  const photos = [drawParityPhoto({ kind: 'garment', width: 4, height: 4, seed: 1 })];
  const agreed = { photos: 1, largestDifference: 0, sameFirstLabels: true, ok: true };
  const refuse = () => {
    throw new Error('This test asks for no answer.');
  };
  return {
    ...{ card, version, canExplain, classify: refuse, judge: refuse, dispose },
    ...{ measure: () => measured, drawParityPhotos: () => photos, verifyParity: () => agreed },
  };
}

describe('GET /health?deep=1&reference=1', () => {
  it('asks for the secret even where there is none to ask for', async () => {
    const { status, json } = await request(createTestService(), asked);

    expect([status, json.error.code]).toEqual([401, 'unauthorized']);
    expect(json.error.hint).toContain('API_SECRET');
  });

  it.each([{}, { 'x-api-key': 'wrong-secret' }])('stays shut with %o', async (wrong) => {
    const service = createTestService({ secret: 'open-sesame' });

    const { status } = await request(service, { ...asked, headers: wrong as Record<string, string> });

    expect(status).toBe(401);
  });

  it('has no photos to compare for a model without parity.json', async () => {
    const { json } = await request(createTestService({ secret: 'open-sesame' }), { ...asked, headers });

    expect(json).toMatchObject({ status: 'ok', parity: null, reference: { engines: null } });
  });

  it('tells how far the engines are apart and lets go of the second', async () => {
    let disposals = 0;
    const service = createTestService({
      secret: 'open-sesame',
      classifier: () => answering([0, 10]),
      references: { ...testReferences, loadOtherEngine: () => answering([0.001, 10], () => disposals++) },
    });

    const { json } = await request(service, { ...asked, headers });

    const difference = expect.closeTo(0.0001, 6);

    expect(json.reference.engines).toEqual({ photos: 1, largestDifference: difference, sameFirstLabels: true });
    expect(disposals).toBe(1);
  });

  it('fails where the engines do not agree, and says by how much in the log alone', async () => {
    const service = createTestService({
      secret: 'open-sesame',
      classifier: () => answering([0, 10]),
      references: { ...testReferences, loadOtherEngine: () => answering([1, 10]) },
    });

    const { status, text } = await request(service, { ...asked, headers });

    expect(status).toBe(500);
    expect(text).not.toContain('largestDifference');
    expect(JSON.stringify(service.lines)).toContain('largestDifference');
  });

  it('tells how far the decoders are apart on the photos that the service carries', async () => {
    const { json } = await request(createTestService({ secret: 'open-sesame' }), { ...asked, headers });

    expect(json.reference.decoders).toEqual({
      photos: 6,
      largestDifference: expect.any(Number),
      sameFirstLabels: true,
    });
    expect(json.reference.decoders.largestDifference).toBeLessThan(0.02);
  });

  it('fails where the decoders do not agree', async () => {
    const upsideDown: typeof testReferences.decodeByReference = async (bytes) => {
      const { pixels } = await testReferences.decodeByOwn(bytes);
      return { pixels: { ...pixels, data: pixels.data.map((value) => 255 - value) } };
    };
    const service = createTestService({
      secret: 'open-sesame',
      references: { ...testReferences, decodeByReference: upsideDown },
    });

    const { status } = await request(service, { ...asked, headers });

    expect(status).toBe(500);
    expect(JSON.stringify(service.lines)).toContain('decoders');
  });

  it('is refused without deep', async () => {
    const service = createTestService({ secret: 'open-sesame' });

    const { status } = await request(service, { path: '/health', query: 'reference=1', headers });

    expect(status).toBe(400);
  });
});

describe('the direct event {"health": …}', () => {
  const ask = (options: object) => createTestService().handler({ health: options }, contextFor());

  it('is answered as GET /health is', async () => {
    const { json } = await request(createTestService(), { path: '/health' });

    expect(await ask({})).toEqual(json);
  });

  it('compares without a secret', async () => {
    expect(await ask({ deep: 1, reference: true })).toMatchObject({ parity: null, reference: { engines: null } });
  });

  it('refuses an option that it does not know', async () => {
    await expect(ask({ depth: 1 })).rejects.toThrow('depth');
  });
});

describe('ENGINE', () => {
  it.each(['own', 'tensorflow'])('%s serves the shipped model, which the other engine confirms', async (engine) => {
    const service = wireService({ ENGINE: engine }, { startsCold: false, log: () => {} });

    const health = await service.handler({ health: { deep: 1, reference: 1 } }, contextFor());

    expect(health).toMatchObject({
      parity: { sameFirstLabels: true },
      reference: {
        engines: { photos: 10, largestDifference: expect.any(Number), sameFirstLabels: true },
        decoders: { photos: 6, largestDifference: expect.any(Number), sameFirstLabels: true },
      },
    });
  });
});

describe('DECODER', () => {
  const photo = encodeReferencePhotos()['progressive.jpg'];
  const parts = { method: 'POST', path: '/predict', headers: { 'content-type': 'image/jpeg' }, body: photo };

  it.each(['own', 'reference'])('%s decodes the photos that are sent', async (decoder) => {
    const service = wireService({ DECODER: decoder }, { startsCold: false, log: () => {} });

    const { status, json } = await request(service, parts);

    expect(status).toBe(200);
    expect(json.photo).toEqual({ format: 'jpeg', width: 192, height: 256, orientation: 1, decoder });
  });

  it('reference takes photos of no more pixels than its memory holds', async () => {
    const service = wireService({ DECODER: 'reference', MAXIMUM_FULL_SIZE_PIXELS: '160000' }, { startsCold: false });

    const { json } = await request(service, { path: '/health' });
    const { status } = await request(service, parts);

    expect(json.limits.pixels).toBe(46_222);
    expect(status).toBe(413);
  });
});
