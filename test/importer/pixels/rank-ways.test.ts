import { describe, expect, it } from 'vitest';
import {
  clearlyBest,
  isClearlyBetter,
  judgeWay,
  likelihoodOf,
  type PixelWay,
} from '../../../importer/pixels/rank-ways.ts';
import type { LabelledLogits } from '../../../model/calibration/temperature.ts';

const way: PixelWay = { option: '--preprocess none', preprocessing: { channels: 'rgb', scale: 1, offset: 0 } };

/** Photos of two labels by how far the right label's logit lies above the other's; `sharpness` multiplies all of them. */
function answersOf(margins: readonly number[], sharpness = 1): LabelledLogits[] {
  return margins.map((margin, at) => {
    const label = at % 2;
    const logits = Float32Array.of(0, 0);
    logits[label] = margin * sharpness;
    return { logits, label };
  });
}

const repeat = (margins: readonly number[], times: number) => Array.from({ length: times }, () => margins).flat();
/** 30 of 40 right. */
const sure = repeat([4, 3, 5, -1], 10);
/** 30 of 40 right as well, and hardly more than by guessing. */
const unsure = repeat([0.3, 0.5, 0.4, -1], 10);

describe('of two ways that get the same number of photos right', () => {
  it('that under which the right labels are likelier is clearly better', () => {
    const [better, worse] = [judgeWay(way, answersOf(sure)), judgeWay(way, answersOf(unsure))];

    expect(isClearlyBetter(better, worse)).toBe(true);
    expect(isClearlyBetter(worse, better)).toBe(false);
    expect(clearlyBest([worse, better])).toBe(better);
    expect(likelihoodOf(better)).toBeGreaterThan(likelihoodOf(worse) + 0.1);
  });

  it('neither is better for being less sure of the same answers', () => {
    const [sharp, soft] = [judgeWay(way, answersOf(sure, 5)), judgeWay(way, answersOf(sure, 0.3))];

    expect(isClearlyBetter(sharp, soft)).toBe(false);
    expect(isClearlyBetter(soft, sharp)).toBe(false);
    expect(clearlyBest([sharp, soft])).toBeUndefined();
  });

  it('neither is better on fewer than twenty photos', () => {
    const few = (margins: readonly number[]) => judgeWay(way, answersOf(margins.slice(0, 19)));

    expect(isClearlyBetter(few(sure), few(unsure))).toBe(false);
  });

  it('neither is better where the likelihoods differ by no more than chance', () => {
    const other = sure.map((margin, at) => margin + (at % 5 === 0 ? 0.5 : -0.1));

    expect(clearlyBest([judgeWay(way, answersOf(sure)), judgeWay(way, answersOf(other))])).toBeUndefined();
  });
});

it('a way that gets clearly more photos right is better', () => {
  const worse = judgeWay(way, answersOf(repeat([4, -4, -5, -1], 10)));

  expect(isClearlyBetter(judgeWay(way, answersOf(sure)), worse)).toBe(true);
});

it('no way is better where numbers of right photos and likelihoods speak against each other', () => {
  const count = 40;
  const right = { ...way, isRight: Array(count).fill(true), logLikelihoods: Array(count).fill(-1) };
  const likely = { ...way, isRight: right.isRight.map((_, at) => at >= 8), logLikelihoods: Array(count).fill(-0.5) };

  expect(isClearlyBetter(right, likely)).toBe(false);
  expect(isClearlyBetter(likely, right)).toBe(false);
});
