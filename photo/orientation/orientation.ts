import type { PixelLayout, RgbPixels } from '../pixels/pixels.ts';

/** Whether a person sees the stored picture on its side, so that width and height change places. */
export function isOnItsSide(orientation: number): boolean {
  return orientation >= 5;
}

/**
 * The picture as a person should see it, of the picture as it is stored. Its bytes stay where they are: only the way that
 * they are walked changes.
 *
 * Each case of EXIF's orientation says where the stored first row and first column belong: 2 mirrored, 3 by 180°, 4 upside
 * down mirrored, 5 mirrored along the main diagonal, 6 turned a quarter clockwise, 7 mirrored along the other diagonal,
 * 8 turned a quarter anticlockwise. All are one walk through the target, with a start and two steps through the source.
 */
export function turnUpright(stored: RgbPixels, orientation: number): RgbPixels {
  const { width, height } = stored;
  const layout = layOut(orientation, width, height);
  return isOnItsSide(orientation) ? { ...stored, width: height, height: width, layout } : { ...stored, layout };
}

function layOut(orientation: number, columns: number, rows: number): PixelLayout {
  const right = 3;
  const down = 3 * columns;
  const lastColumn = right * (columns - 1);
  const lastRow = down * (rows - 1);
  switch (orientation) {
    case 2:
      return { start: lastColumn, stepX: -right, stepY: down };
    case 3:
      return { start: lastColumn + lastRow, stepX: -right, stepY: -down };
    case 4:
      return { start: lastRow, stepX: right, stepY: -down };
    case 5:
      return { start: 0, stepX: down, stepY: right };
    case 6:
      return { start: lastRow, stepX: -down, stepY: right };
    case 7:
      return { start: lastColumn + lastRow, stepX: -down, stepY: -right };
    case 8:
      return { start: lastColumn, stepX: down, stepY: -right };
    default:
      return { start: 0, stepX: right, stepY: down };
  }
}
