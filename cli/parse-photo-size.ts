import { InvalidArgumentError } from 'commander';
import type { PhotoSize } from '../importer/model-reader.ts';

/** `224x160` is 224 pixels wide and 160 high. Throws commander's InvalidArgumentError. */
export function parsePhotoSize(text: string): PhotoSize {
  const [, width, height] = /^(\d{1,4})x(\d{1,4})$/i.exec(text) ?? [];
  if (width === undefined || height === undefined || Number(width) < 1 || Number(height) < 1) {
    throw new InvalidArgumentError('Give width x height in pixels, such as 224x224.');
  }
  return { width: Number(width), height: Number(height) };
}
