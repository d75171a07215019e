import { type JpegWorkspace, rowAddress, type SamplePlane } from '../kernels/jpeg-workspace.ts';
import type { ComponentLayout, FrameLayout } from '../markers/frame-layout.ts';

/** The address of a component's samples for pixel row `y`, as many as the picture is wide; they last until the next call. */
export type RowSource = (y: number) => number;

/** Interpolates from 1/2; libjpeg, whose pixels these are to be, leaves rows of one or two samples out of it. */
const NARROWEST_INTERPOLATED = 3;

/**
 * How the rows of component `index` are brought to the picture's size where it has fewer samples: interpolated where it has
 * half of them, else by repeating the nearest sample, which libjpeg does too.
 */
export function chooseRowSource(
  frame: FrameLayout,
  { kernels, bytes, planes, wideRows }: JpegWorkspace,
  index: number,
): RowSource {
  const layout = frame.components[index] as ComponentLayout;
  const plane = planes[index] as SamplePlane;
  const out = wideRows[index] as number;
  const samplesAcross = layout.horizontalBlocks * layout.blockSize;
  const samplesDown = layout.verticalBlocks * layout.blockSize;
  const isWide = layout.width >= NARROWEST_INTERPOLATED;
  const doublesAcross = frame.unitWidth === 2 * samplesAcross && isWide;
  const doublesDown = frame.unitHeight === 2 * samplesDown;
  const rowAt = (sampleRow: number): number => rowAddress(plane, sampleRow);
  const farRowAt = (y: number): number => {
    const far = (y >> 1) + ((y & 1) === 0 ? -1 : 1);
    return rowAt(Math.min(Math.max(far, 0), layout.height - 1));
  };
  if (frame.unitWidth === samplesAcross && frame.unitHeight === samplesDown) return rowAt;
  const made =
    (make: (y: number) => void): RowSource =>
    (y) => {
      make(y);
      return out;
    };
  if (doublesAcross && doublesDown) {
    return made((y) => kernels.doubleBlendedRows(rowAt(y >> 1), farRowAt(y), layout.width, out));
  }
  if (doublesAcross && frame.unitHeight === samplesDown) {
    return made((y) => kernels.doubleRow(rowAt(y), layout.width, out));
  }
  if (doublesDown && frame.unitWidth === samplesAcross) {
    return made((y) => kernels.blendRows(rowAt(y >> 1), farRowAt(y), layout.width, 1 + (y & 1), out));
  }
  const columns = Uint16Array.from({ length: frame.width }, (_, x) =>
    Math.floor((x * samplesAcross) / frame.unitWidth),
  );
  return made((y) => {
    const from = rowAt(Math.floor((y * samplesDown) / frame.unitHeight));
    for (let x = 0; x < columns.length; x++) bytes[out + x] = bytes[from + (columns[x] as number)] as number;
  });
}
