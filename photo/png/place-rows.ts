import { inflaterSizeInBytes } from './inflate/inflater.ts';
import { type PngHeader, rowSizeInBytes } from './png-header.ts';
import { colourTableSizeInBytes } from './rgb/row-to-rgb.ts';

/** So much more than a row kernels may read and write. */
const slackInBytes = 16;
const alignmentInBytes = 16;

/** Where in a workspace, behind the inflater's part of it, everything lies; addresses in bytes. */
export interface RowPlaces {
  /** A table of colours. */
  readonly colours: number;
  /** What stands for the row above the first; it ends where `gathered` begins. */
  readonly zeros: number;
  /** A stored row that comes in pieces. */
  readonly gathered: number;
  /** Unfiltered rows, in turn, so that the last one is there when the next is made. */
  readonly even: number;
  readonly odd: number;
  /** A row of three bytes a pixel. */
  readonly rgb: number;
  /** The picture, or the sums that it is made of. */
  readonly picture: number;
  readonly endInBytes: number;
  /** From a pixel to the one on its right. */
  readonly stepInBytes: number;
}

export function placeRows(header: PngHeader, pictureInBytes: number): RowPlaces {
  const { width, channels, depth } = header;
  const rowInBytes = 1 + rowSizeInBytes(header, width) + slackInBytes;
  const zeros = inflaterSizeInBytes + colourTableSizeInBytes;
  const [gathered, even, odd, rgb] = [1, 2, 3, 4].map((row) => zeros + row * rowInBytes) as [
    ...[number, number, number, number],
  ];
  const picture = Math.ceil((rgb + 3 * width + slackInBytes) / alignmentInBytes) * alignmentInBytes;
  return {
    ...{ colours: inflaterSizeInBytes, zeros, gathered, even, odd, rgb, picture },
    endInBytes: picture + pictureInBytes + slackInBytes,
    stepInBytes: Math.max(1, (channels * depth) / 8),
  };
}
