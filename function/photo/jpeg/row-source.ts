import type { SampleRow } from './colour-rows.ts';
import type { ComponentLayout, FrameLayout } from './frame-layout.ts';
import type { SamplePlane } from './sample-plane.ts';
import { blendRows, doubleBlendedRows, doubleRow, repeatSamples } from './upsample.ts';

/** Points `row` at a component's samples for pixel row `y`, as many as the picture is wide. */
export type RowSource = (y: number, row: SampleRow) => void;

/** Interpolates from 1/2; libjpeg, whose pixels these are to be, leaves rows of one or two samples out of it. */
const NARROWEST_INTERPOLATED = 3;

export function chooseRowSource(frame: FrameLayout, layout: ComponentLayout, plane: SamplePlane): RowSource {
  const { samples, stride, rows } = plane;
  const samplesAcross = layout.horizontalBlocks * layout.blockSize;
  const samplesDown = layout.verticalBlocks * layout.blockSize;
  const isWide = layout.width >= NARROWEST_INTERPOLATED;
  const doublesAcross = frame.unitWidth === 2 * samplesAcross && isWide;
  const doublesDown = frame.unitHeight === 2 * samplesDown;
  const offsetOf = (sampleRow: number): number => (sampleRow % rows) * stride;
  const farRow = (y: number): number => {
    const far = (y >> 1) + ((y & 1) === 0 ? -1 : 1);
    return Math.min(Math.max(far, 0), layout.height - 1);
  };
  if (frame.unitWidth === samplesAcross && frame.unitHeight === samplesDown) {
    return (y, row) => {
      row.offset = offsetOf(y);
    };
  }
  const out = new Uint8Array(frame.width + 2);
  const interpolated =
    (write: (y: number) => void): RowSource =>
    (y, row) => {
      write(y);
      row.samples = out;
      row.offset = 0;
    };
  if (doublesAcross && doublesDown) {
    return interpolated((y) => doubleBlendedRows(samples, offsetOf(y >> 1), offsetOf(farRow(y)), layout.width, out));
  }
  if (doublesAcross && frame.unitHeight === samplesDown) {
    return interpolated((y) => doubleRow(samples, offsetOf(y), layout.width, out));
  }
  if (doublesDown && frame.unitWidth === samplesAcross) {
    return interpolated((y) =>
      blendRows(samples, offsetOf(y >> 1), offsetOf(farRow(y)), layout.width, 1 + (y & 1), out),
    );
  }
  const columns = Uint16Array.from({ length: frame.width }, (_, x) =>
    Math.floor((x * samplesAcross) / frame.unitWidth),
  );
  const rowOf = (y: number): number => Math.floor((y * samplesDown) / frame.unitHeight);
  return interpolated((y) => repeatSamples(samples, offsetOf(rowOf(y)), columns, out));
}
