import { type CardInput, type FitMode, isPillowResize, type ResizeMode } from '../../model/card/card.ts';
import { ImportError } from '../import-error.ts';
import type { Preset } from './preset.ts';

export interface FittingOptions {
  readonly resize?: ResizeMode | undefined;
  readonly fit?: FitMode | undefined;
  readonly resizeTo?: number | undefined;
}

export const defaultResize: ResizeMode = 'bilinear';
export const defaultFit: FitMode = 'stretch';

/** The owner's word first, then the preset's, then what Keras's image_dataset_from_directory does. */
export function chooseFitting(
  options: FittingOptions,
  preset: Preset | undefined,
): Pick<CardInput, 'resize' | 'fit' | 'resizeTo'> {
  const fit = options.fit ?? preset?.fitting.fit ?? defaultFit;
  // Another fit than the preset's is another way altogether.
  const isPresets = options.fit === undefined || options.fit === preset?.fitting.fit;
  const resizeTo = options.resizeTo ?? (isPresets ? preset?.fitting.resizeTo : undefined);
  if (resizeTo !== undefined && (fit === 'letterbox' || fit === 'pillow-fit')) {
    throw new ImportError(`--resize-to does not go with --fit ${fit}.`, 'Give --fit center-crop, stretch or border.');
  }
  const resize = options.resize ?? preset?.fitting.resize ?? defaultResize;
  if (fit === 'pillow-fit' && !isPillowResize(resize)) {
    throw new ImportError(
      `--fit pillow-fit does not go with --resize ${resize}, which Pillow does not do.`,
      'Give --resize bilinear-antialias, bicubic-antialias or lanczos, as ImageOps.fit was told, or --fit center-crop.',
    );
  }
  return {
    resize,
    fit,
    ...(resizeTo !== undefined && { resizeTo }),
  };
}

/** Throws an {@link ImportError} where a preset leads to another input than the model takes. */
export function checkPresetSize(
  preset: Preset,
  input: { readonly width: number; readonly height: number; readonly channels: 1 | 3 },
): void {
  const { size, scale } = preset;
  if (input.channels === 1 && typeof scale !== 'number') {
    throw new ImportError(
      'The preset is for pictures of three channels; this model takes one.',
      'Give --scale and --offset.',
    );
  }
  if (size === undefined || (size.width === input.width && size.height === input.height)) return;
  throw new ImportError(
    `The preset makes inputs of ${size.width} x ${size.height} pixels; the model takes ${input.width} x ${input.height}.`,
    'Say how it was trained in options: --preprocess torch, --resize, --fit and --resize-to.',
  );
}
