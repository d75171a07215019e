import { expect, it } from 'vitest';
import { createDeadline } from '../../../function/invocation/deadline.ts';
import { createPredict } from '../../../function/prediction/predict.ts';
import { type Limits, readLimits } from '../../../function/settings/limits.ts';
import type { FitMode, ResizeMode } from '../../../model/card/card.ts';
import { type DecodeOptions, decodePhoto } from '../../../photo/decode-photo.ts';
import { drawnJpeg } from '../../helpers/drawn-jpeg.ts';
import { createTestService, tinyClassifier } from '../../helpers/test-service.ts';

const limits = readLimits({ MAXIMUM_PIXELS: '2000', MAXIMUM_FULL_SIZE_PIXELS: '1000' });

/** What the decoder is told for a photo that begins with these bytes, under a card with this resize. */
async function optionsFor(bytes: Uint8Array, resize: ResizeMode, fit: FitMode = 'stretch'): Promise<DecodeOptions> {
  const told: DecodeOptions[] = [];
  const real = await tinyClassifier();
  const input = { ...real.card.input, resize, fit, width: 5, height: 4 };
  const { collaborators } = createTestService();
  const predict = createPredict({
    ...collaborators,
    limits,
    classifier: async () => ({
      ...real,
      version: real.version,
      card: { ...real.card, input },
      classify: (pixels) => real.classify(pixels),
    }),
    decodePhoto: (_bytes, options) => {
      told.push(options);
      return decodePhoto(drawnJpeg(8, 8), options);
    },
  });
  const deadline = createDeadline(Date.now() + 10_000);
  await predict({ kind: 'bytes', bytes }, { explain: false, deadline });
  deadline.release();
  return told[0] as DecodeOptions;
}

const jpeg = drawnJpeg(8, 8);

function mostOf({ maximumPixels, maximumFullSizePixels, maximumDecodingMegabytes }: Limits): DecodeOptions {
  return { maximumPixels, maximumFullSizePixels, maximumMegabytes: maximumDecodingMegabytes };
}

it.each([
  'stretch',
  'letterbox',
  'center-crop',
] as const)('lets a decoder reduce the photo to no less than the input, for a card with antialiasing and %s', async (fit) => {
  const options = await optionsFor(jpeg, 'bilinear-antialias', fit);

  expect(options).toMatchObject({ ...mostOf(limits), minimumSize: { width: 5, height: 4 } });
});

it.each(['nearest', 'bilinear'] as const)('has every pixel decoded for a card with %s', async (resize) => {
  const options = await optionsFor(jpeg, resize);

  expect(options).toMatchObject(mostOf(limits));
  expect(options).not.toHaveProperty('minimumSize');
});

it('gives a decoder the deadline to ask after, between rows and scans', async () => {
  const options = await optionsFor(jpeg, 'nearest');

  expect(options.throwIfOver).toBeTypeOf('function');
});

it('has the model rehearse for a warm-up alone', async () => {
  const real = await tinyClassifier();
  const rehearsed: (boolean | undefined)[] = [];
  const classify: typeof real.classify = (pixels, { isRehearsal } = {}) => {
    rehearsed.push(isRehearsal);
    return real.classify(pixels);
  };
  const classifier = async () => ({ ...real, version: real.version, card: real.card, classify });
  const { collaborators } = createTestService();
  const deadline = createDeadline(Date.now() + 10_000);

  for (const isRehearsal of [true, undefined]) {
    const predict = createPredict({ ...collaborators, classifier, isRehearsal });
    await predict({ kind: 'bytes', bytes: jpeg }, { explain: false, deadline });
  }

  deadline.release();
  expect(rehearsed).toEqual([true, undefined]);
});

it('begins no work after the deadline', async () => {
  const { collaborators } = createTestService({ classifier: () => new Promise(() => undefined) });
  const deadline = createDeadline(Date.now() - 1);
  const predicting = createPredict(collaborators)({ kind: 'url', url: 'u' }, { explain: false, deadline });

  await expect(predicting).rejects.toMatchObject({ code: 'too_slow' });
});

it('reports what failed first, and nothing goes unhandled when the model fails too', async () => {
  const { collaborators } = createTestService({
    classifier: () => Promise.reject(new Error('no model')),
    fetchPhoto: () => Promise.reject(new Error('no photo')),
  });
  const deadline = createDeadline(Date.now() + 10_000);
  const predicting = createPredict(collaborators)({ kind: 'url', url: 'u' }, { explain: false, deadline });

  await expect(predicting).rejects.toThrow(/no (model|photo)/);

  deadline.release();
});
