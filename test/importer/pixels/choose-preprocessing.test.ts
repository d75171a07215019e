import { describe, expect, it } from 'vitest';
import { askForPreprocessing, findPreprocessing } from '../../../importer/pixels/choose-preprocessing.ts';
import { commonWays, judgeWay } from '../../../importer/pixels/rank-ways.ts';

const model = {
  architectures: [],
  pixels: { isKnown: false, because: 'nothing tells' },
  input: { width: 8, height: 8, channels: 3 },
} as const;

describe('the option by which a way is told', () => {
  it.each([
    [{ preprocess: 'tf' }, '--preprocess tf'],
    [{ scale: 0.00392157, offset: -1 }, '--scale 0.00392157 --offset -1'],
    [
      { preset: 'timm:config.json', scale: [1 / 127.5, 1 / 128, 1 / 58.395], offset: -1 },
      '--preprocess timm:config.json (--scale 0.00784314,0.0078125,0.0171248 --offset -1)',
    ],
  ] as const)('of %j', (options, option) => {
    expect(findPreprocessing(model, options)?.option).toBe(option);
  });
});

describe('the question that labelled photos leave open', () => {
  const answers = [{ logits: Float32Array.of(1, 0), label: 0 }];
  const tried = commonWays(3).map((way) => judgeWay(way, answers));

  it.each([
    [1, 'more of them may tell, the training code does'],
    [7, '1 of your 7 were tried; the training code tells'],
  ])('of %i photos says whether more may tell', (given, words) => {
    expect(askForPreprocessing(model, tried, given).hint).toContain(`leave it open (${words}):`);
  });
});
