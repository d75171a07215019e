import { type PngHeader, rowSizeInBytes } from './png-header.ts';

/** Where the pixels of one stored row lie in the picture. */
export interface RowPlace {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly count: number;
  /** Filters look at the row above; the first row of a pass has none. */
  readonly isFirstOfPass: boolean;
  /** With the byte that names the filter. */
  readonly sizeInBytes: number;
}

/** Columns x, x + stepX, … of rows y, y + stepY, …: W3C PNG section 8.1. */
const adam7 = [
  { x: 0, y: 0, stepX: 8, stepY: 8 },
  { x: 4, y: 0, stepX: 8, stepY: 8 },
  { x: 0, y: 4, stepX: 4, stepY: 8 },
  { x: 2, y: 0, stepX: 4, stepY: 4 },
  { x: 0, y: 2, stepX: 2, stepY: 4 },
  { x: 1, y: 0, stepX: 2, stepY: 2 },
  { x: 0, y: 1, stepX: 1, stepY: 2 },
];
const wholePicture = [{ x: 0, y: 0, stepX: 1, stepY: 1 }];

/** The rows in the order of the file. A pass that a small picture leaves without a pixel has none. */
export function* rowsOf(header: PngHeader): Generator<RowPlace, void> {
  for (const { x, y: firstY, stepX, stepY } of header.interlaced ? adam7 : wholePicture) {
    if (x >= header.width) continue;
    const count = Math.ceil((header.width - x) / stepX);
    const sizeInBytes = 1 + rowSizeInBytes(header, count);
    for (let y = firstY; y < header.height; y += stepY) {
      yield { x, y, stepX, count, isFirstOfPass: y === firstY, sizeInBytes };
    }
  }
}
