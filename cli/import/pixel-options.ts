import type { PreprocessOptions } from '../../importer/pixels/choose-preprocessing.ts';
import { findPreset } from '../../importer/presets/find-preset.ts';
import type { Preset } from '../../importer/presets/preset.ts';
import type { ImportOptions } from './import-options.ts';

type PixelOptions = Pick<ImportOptions, 'preprocess' | 'scale' | 'offset' | 'force'>;

/** The preset that --preprocess names, a whole way from the photo; undefined for one of Keras's names, or none. */
export function presetOf({ preprocess }: Pick<PixelOptions, 'preprocess'>): Preset | undefined {
  return preprocess !== undefined && 'preset' in preprocess ? preprocess.preset : undefined;
}

/** What the options say of the scale of pixels. */
export function pixelOptions(options: PixelOptions): PreprocessOptions {
  const { preprocess, scale, offset, force } = options;
  const preset = presetOf(options);
  return {
    preprocess: preprocess !== undefined && 'mode' in preprocess ? preprocess.mode : undefined,
    preset: preprocess !== undefined && 'preset' in preprocess ? preprocess.name : undefined,
    scale: scale ?? preset?.scale,
    offset: offset ?? preset?.offset,
    force,
  };
}

/** What exports of Teachable Machine are given, where the file is known as one. */
export function teachableMachine(): Preset | undefined {
  const way = findPreset('teachable-machine');
  return way !== undefined && 'preset' in way ? way.preset : undefined;
}
