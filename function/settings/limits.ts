import { functionSettings } from '../../facts/function-settings.ts';
import type { SettingValues } from '../../facts/setting.ts';
import { type Environment, readTable } from './read-setting.ts';

type SettingsByName = SettingValues<typeof functionSettings>;

/** The settings that are numbers: they bound sizes, counts and times. */
export type LimitName = {
  [Name in keyof SettingsByName]: SettingsByName[Name] extends number ? Name : never;
}[keyof SettingsByName];
export type Limits = Pick<SettingsByName, LimitName>;

export const limitDefinitions = Object.fromEntries(
  Object.entries(functionSettings).filter(([, row]) => 'minimum' in row),
) as Pick<typeof functionSettings, LimitName>;

/** Measured: a WebP of 50 megapixels, decoded whole, at its peak; and the function with the model loaded, with room to spare. */
export const decoderMegabytesPerMegapixel = 13;
export const restOfFunctionInMegabytes = 300;

/**
 * The limits as the environment sets them.
 * @throws SettingError naming the variable and its value where that is not a whole number in the limit's range
 */
export function readLimits(environment: Environment): Limits {
  const limits = readTable(limitDefinitions, environment);
  const megabytes = megabytesLeft(environment);
  const { maximumFullSizePixels: pixels, maximumDecodingMegabytes: decoding } = limits;
  const megapixels = Math.max(Math.floor(megabytes / decoderMegabytesPerMegapixel), 1);
  return {
    ...limits,
    maximumFullSizePixels: environment.MAXIMUM_FULL_SIZE_PIXELS ? pixels : Math.min(pixels, megapixels * 1_000_000),
    maximumDecodingMegabytes: environment.MAXIMUM_DECODING_MEGABYTES
      ? decoding
      : Math.min(decoding, Math.max(megabytes, limitDefinitions.maximumDecodingMegabytes.minimum)),
  };
}

/** Lambda says how much memory the function has; anywhere else the defaults are those of a function with enough. */
function megabytesLeft({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memory }: Environment): number {
  return memory === undefined ? Number.POSITIVE_INFINITY : Number(memory) - restOfFunctionInMegabytes;
}
