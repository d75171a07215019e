/** One axis of a photo while it is fitted: the part of it, or the zeros around it, that is resized to the input. */
export interface AxisPlacement {
  /** How many pixels the photo has. */
  readonly sourceSize: number;
  /** Where what is resized begins, in pixels of the photo; below zero where it begins with padding. */
  readonly start: number;
  /** How many pixels are resized, padding included. */
  readonly size: number;
  /** How many pixels the input has. */
  readonly targetSize: number;
  /** Where the input shows a part of what was resized, or more than it. */
  readonly shown?: ShownPart;
  /** Whether `start` may lie between pixels, and those beside the part count where the filter reaches them (Pillow's `box`). */
  readonly isBox?: boolean;
}

export interface ShownPart {
  /** How many pixels what is resized becomes. */
  readonly resizedSize: number;
  /** The first of them that the input shows; below zero where it begins with padding. */
  readonly first: number;
}

/** The part shown, which is all where the placement says nothing. */
export function shownPart({ targetSize, shown }: AxisPlacement): ShownPart {
  return shown ?? { resizedSize: targetSize, first: 0 };
}

export interface Size {
  readonly width: number;
  readonly height: number;
}
