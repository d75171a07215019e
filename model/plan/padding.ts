import type { Storage } from './arena.ts';
import type { Planner, PlanTensor } from './planner.ts';
import type { Window } from './window.ts';

export interface PaddedPicture {
  readonly storage: Storage;
  /** In floats, margins included. */
  readonly rowLength: number;
  readonly isPadded: boolean;
}

/** A picture with the zeros around it that a window reaches; the picture itself where it reaches none. */
export function planPadding(x: PlanTensor, { rows, columns }: Window, planner: Planner): PaddedPicture {
  const [, height = 0, width = 0, channels = 0] = x.shape;
  const rowLength = (columns.before + width + columns.after) * channels;
  if (rows.before + rows.after + columns.before + columns.after === 0)
    return { storage: x.storage, rowLength, isPadded: false };
  const storage = planner.allocate((rows.before + height + rows.after) * rowLength);
  const inBytes = (floats: number) => floats * Float32Array.BYTES_PER_ELEMENT;
  const above = inBytes(rows.before * rowLength);
  const below = inBytes(rows.after * rowLength);
  const left = inBytes(columns.before * channels);
  const right = inBytes(columns.after * channels);
  planner.step([x.storage, storage], ({ pad }) => () => {
    pad(x.storage.address, storage.address, height, inBytes(width * channels), above, below, left, right);
  });
  return { storage, rowLength, isPadded: true };
}
