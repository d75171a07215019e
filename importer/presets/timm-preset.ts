import { isJsonObject, type JsonObject } from '../../facts/json-object.ts';
import { FileError } from '../../files/file-error.ts';
import { maximumJsonFileSizeInBytes } from '../../files/file-limits.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import type { FitMode, ResizeMode } from '../../model/card/card.ts';
import { ImportError } from '../import-error.ts';
import { imageNetDeviation, imageNetMean, normalise, type Preset } from './preset.ts';

const modes: ReadonlyMap<unknown, ResizeMode> = new Map([
  ['bilinear', 'bilinear-antialias'],
  ['bicubic', 'bicubic-antialias'],
  ['lanczos', 'lanczos'],
]);
const fits: ReadonlyMap<unknown, FitMode> = new Map([
  ['center', 'center-crop'],
  ['squash', 'stretch'],
  ['border', 'border'],
]);
const defaultCrop = 0.875;

/**
 * timm's way of evaluation, from the config.json that lies beside its weights: `input_size`, `interpolation`, `mean`, `std`,
 * `crop_pct` and `crop_mode`, perhaps under `pretrained_cfg`. Throws an {@link ImportError} where one makes no sense.
 */
export function timmPreset(path: string): Preset {
  const whole = readJson(path);
  const inner = whole.pretrained_cfg;
  const config = isJsonObject(inner) ? inner : whole;
  const [channels, height, width] = numbers(config, 'input_size', 3, undefined, path);
  if (channels !== 3 || height === undefined || height !== width || !Number.isInteger(height) || height < 1) {
    throw odd(path, 'input_size', config.input_size);
  }
  const crop = config.crop_pct ?? defaultCrop;
  if (typeof crop !== 'number' || !(crop > 0 && crop <= 1)) throw odd(path, 'crop_pct', crop);
  const resize = modes.get(config.interpolation ?? 'bilinear');
  const fit = fits.get(config.crop_mode ?? 'center');
  if (resize === undefined) throw odd(path, 'interpolation', config.interpolation);
  if (fit === undefined) throw odd(path, 'crop_mode', config.crop_mode);
  return {
    ...normalise(numbers(config, 'mean', 3, imageNetMean, path), numbers(config, 'std', 3, imageNetDeviation, path)),
    fitting: { resize, fit, resizeTo: Math.floor(height / crop) },
    size: { width, height },
  };
}

function readJson(path: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(readPlainFile(path, maximumJsonFileSizeInBytes).toString('utf8'));
  } catch (cause) {
    const why = cause instanceof FileError ? cause.complaint : 'it is not JSON';
    throw new ImportError(
      `timm's configuration ${path} cannot be read: ${why}.`,
      'It is the config.json beside the weights.',
      {
        cause,
      },
    );
  }
  if (isJsonObject(value)) return value;
  throw new ImportError(`${path} is no configuration of timm's.`, 'It is the config.json beside the weights.');
}

function numbers(
  config: JsonObject,
  key: string,
  count: number,
  otherwise: readonly number[] | undefined,
  path: string,
) {
  const value = config[key] ?? otherwise;
  if (
    Array.isArray(value) &&
    value.length === count &&
    value.every((one) => typeof one === 'number' && Number.isFinite(one))
  ) {
    return value as readonly number[];
  }
  throw odd(path, key, value);
}

function odd(path: string, key: string, value: unknown): ImportError {
  const found = value === undefined ? 'nothing' : JSON.stringify(value)?.slice(0, 60);
  return new ImportError(
    `timm's configuration ${path} has ${found} at "${key}", which is not one of its usual ways.`,
    'Say it in options: --size, --resize, --fit, --resize-to, --scale and --offset.',
  );
}
