import type { Four, Planner, PlanTensor } from './planner.ts';
import type { WindowPlacement } from './window.ts';

export interface Margins {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** A picture with the zeros around it that a window reaches; the picture itself where it reaches none. */
export function padForWindow(x: PlanTensor, { rows, columns }: WindowPlacement, planner: Planner): PlanTensor {
  const margins = { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after };
  return padPicture(x, margins, planner);
}

/** A picture with zeros around it. */
export function padPicture(x: PlanTensor, { top, bottom, left, right }: Margins, planner: Planner): PlanTensor {
  if (top + bottom + left + right === 0) return x;
  const [, height, width, channels] = x.shape as Four;
  const shape = [1, top + height + bottom, left + width + right, channels];
  const storage = planner.allocate(shape.reduce((product, size) => product * size, 1));
  const placeInBytes = channels * Float32Array.BYTES_PER_ELEMENT;
  const rowInBytes = (left + width + right) * placeInBytes;
  planner.step([x.storage, storage], ({ pad }) => () => {
    pad(
      x.storage.address,
      storage.address,
      height,
      width * placeInBytes,
      top * rowInBytes,
      bottom * rowInBytes,
      left * placeInBytes,
      right * placeInBytes,
    );
  });
  return { shape, storage };
}
