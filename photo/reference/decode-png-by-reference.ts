import { PNG } from 'pngjs';
import { corruptPhoto } from '../photo-error.ts';
import { onWhite } from '../pixels/on-white.ts';
import type { RgbPixels } from '../pixels/pixels.ts';

/**
 * A PNG of any kind, decoded by pngjs; transparent parts are laid on white.
 * @throws PhotoError `corrupt` where pngjs finds damage
 */
export function decodePngByReference(png: Uint8Array): RgbPixels {
  const { width, height, data } = read(png);
  const rgb = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    const alpha = data[from + 3] as number;
    rgb[to] = onWhite(data[from] as number, alpha);
    rgb[to + 1] = onWhite(data[from + 1] as number, alpha);
    rgb[to + 2] = onWhite(data[from + 2] as number, alpha);
  }
  return { width, height, data: rgb };
}

function read(png: Uint8Array): PNG {
  try {
    return PNG.sync.read(Buffer.from(png.buffer, png.byteOffset, png.byteLength));
  } catch (cause) {
    throw corruptPhoto('The PNG is damaged or cut short.', cause);
  }
}
