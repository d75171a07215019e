import { describe, expect, it } from 'vitest';
import { variableOf } from '../../../facts/setting.ts';
import { type LimitName, limitDefinitions, readLimits } from '../../../function/settings/limits.ts';
import { SettingError } from '../../../function/settings/setting-error.ts';

const names = Object.keys(limitDefinitions) as LimitName[];

it('names variables by the limit in capitals', () => {
  expect(variableOf('maximumBodySizeInBytes')).toBe('MAXIMUM_BODY_SIZE_IN_BYTES');
});

describe.each(names)('%s', (name) => {
  const { default: byDefault, minimum, maximum } = limitDefinitions[name];
  const read = (value: string) => readLimits({ [variableOf(name)]: value })[name];

  it('has its default where the variable is unset or empty', () => {
    expect(readLimits({})[name]).toBe(byDefault);
    expect(read('')).toBe(byDefault);
  });

  it('takes its own bounds', () => {
    expect(read(String(minimum))).toBe(minimum);
    expect(read(String(maximum))).toBe(maximum);
  });

  it.each(['-1', '1.5', '1e3', '8s', ' ', 'Infinity', String(maximum + 1), '9'.repeat(30)])('refuses "%s"', (value) => {
    expect(() => read(value)).toThrow(SettingError);
    expect(() => read(value)).toThrow(variableOf(name));
  });
});

it.each([
  ['128', 1_000_000],
  ['512', 16_000_000],
  ['1024', 50_000_000],
  ['1769', 50_000_000],
])('decodes as many pixels at full size by default as %s MB of memory allow', (megabytes, pixels) => {
  expect(readLimits({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: megabytes }).maximumFullSizePixels).toBe(pixels);
});

it.each([
  ['128', 16],
  ['512', 212],
  ['1024', 340],
  ['1769', 340],
])('lets decoding take as much by default as %s MB of memory leave', (megabytes, most) => {
  expect(readLimits({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: megabytes }).maximumDecodingMegabytes).toBe(most);
});

it('takes what is set for memory, however little there is', () => {
  const limits = readLimits({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512', MAXIMUM_DECODING_MEGABYTES: '300' });

  expect(limits.maximumDecodingMegabytes).toBe(300);
});
