import { describe, expect, it } from 'vitest';
import { describeVerdict, dollars, isLong, percent } from '../../../../function/page/client/words.ts';

describe('percent', () => {
  it.each([
    [1, '100.0 %'],
    [0.99996, '> 99.9 %'],
    [0.9984701, '99.8 %'],
    [0.5, '50.0 %'],
    [0.0004, '< 0.1 %'],
    [0, '0.0 %'],
  ])('of %d is %s', (probability, words) => {
    expect(percent(probability)).toBe(words);
  });
});

describe('dollars', () => {
  it.each([
    [12.345, '$12.35'],
    [0.01, '$0.01'],
    [0.000203, '$0.00020'],
    [0.0000149, '$0.000015'],
    [0, '$0.000000000'],
  ])('of %d are %s', (amount, words) => {
    expect(dollars(amount)).toBe(words);
  });
});

describe('describeVerdict', () => {
  it('says of a model that nobody measured how to measure it', () => {
    expect(describeVerdict('uncalibrated', false)).toContain('lambda-lens calibrate');
  });

  it('says of independent labels that several may hold', () => {
    expect(describeVerdict('uncalibrated', true)).toContain('several may hold');
    expect(describeVerdict('confident', false)).not.toContain('several');
  });
});

it('takes a label of sixty characters for a long one', () => {
  expect([isLong('x'.repeat(60)), isLong('longsleeve')]).toEqual([true, false]);
});
