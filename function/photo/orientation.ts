import type { RgbPixels } from '../../model/pixels.ts';

/** Whether a person sees the stored picture on its side, so that width and height change places. */
export function isOnItsSide(orientation: number): boolean {
  return orientation >= 5;
}

/**
 * Turns a picture as it is stored into the picture as a person should see it.
 *
 * Each case of EXIF's orientation says where the stored first row and first column belong: 2 mirrored, 3 by 180°, 4 upside
 * down mirrored, 5 mirrored along the main diagonal, 6 turned a quarter clockwise, 7 mirrored along the other diagonal,
 * 8 turned a quarter anticlockwise. All are one walk through the target, with a start and two steps through the source.
 */
export function turnUpright(stored: RgbPixels, orientation: number): RgbPixels {
  if (orientation === 1) return stored;
  const { width: columns, height: rows, data: source } = stored;
  const width = isOnItsSide(orientation) ? rows : columns;
  const height = isOnItsSide(orientation) ? columns : rows;
  const right = 3;
  const down = 3 * columns;
  const lastColumn = right * (columns - 1);
  const lastRow = down * (rows - 1);
  const { start, stepX, stepY } = walk(orientation, right, down, lastColumn, lastRow);
  const data = new Uint8Array(source.length);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0, from = start + y * stepY; x < width; x++, from += stepX, to += 3) {
      data[to] = source[from] as number;
      data[to + 1] = source[from + 1] as number;
      data[to + 2] = source[from + 2] as number;
    }
  }
  return { width, height, data };
}

function walk(
  orientation: number,
  right: number,
  down: number,
  lastColumn: number,
  lastRow: number,
): { start: number; stepX: number; stepY: number } {
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
