import type { RgbPixels } from '../../photo/pixels/pixels.ts';
import { thumbnailQuality, thumbnailSide } from './draw-thumbnail.ts';
import { encodeJpeg } from './encode-smaller.ts';

const columns = 16;

/** Where a thumbnail lies on its sheet, in pixels. */
export interface Cell {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Thumbnails side by side in one picture: an encoder makes its tables anew for each picture, which takes longer than the
 * thumbnail itself. Their cells begin where blocks of a JPEG do, so that none shines through into another.
 */
export class ThumbnailSheet {
  readonly #drawn: RgbPixels[] = [];

  add(thumbnail: RgbPixels): Cell {
    const { width, height } = thumbnail;
    const cell = { ...placeOf(this.#drawn.length), width, height };
    this.#drawn.push(thumbnail);
    return cell;
  }

  /** The sheet as a JPEG; undefined where nothing is on it. */
  encode(): Uint8Array | undefined {
    if (this.#drawn.length === 0) return undefined;
    const width = Math.min(this.#drawn.length, columns) * thumbnailSide;
    const height = Math.ceil(this.#drawn.length / columns) * thumbnailSide;
    const data = new Uint8Array(3 * width * height).fill(255);
    for (const [index, thumbnail] of this.#drawn.entries()) {
      const { left, top } = placeOf(index);
      const rowInBytes = 3 * thumbnail.width;
      for (let row = 0; row < thumbnail.height; row++) {
        const from = row * rowInBytes;
        data.set(thumbnail.data.subarray(from, from + rowInBytes), 3 * ((top + row) * width + left));
      }
    }
    return encodeJpeg({ width, height, data }, thumbnailQuality);
  }
}

function placeOf(index: number): Pick<Cell, 'left' | 'top'> {
  return { left: (index % columns) * thumbnailSide, top: Math.floor(index / columns) * thumbnailSide };
}
