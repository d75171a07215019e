import { corruptPhoto } from '../../photo-error.ts';

/** A profile of colour takes 255 segments at most, an extended XMP packet as many again; a scan takes a few more. */
const maximumSegments = 10_000;

/** Counts the segments of a file, so that a flood of empty ones is refused before it is walked through. */
export class SegmentAllowance {
  #left: number;

  constructor(alreadySpent = 0) {
    this.#left = maximumSegments - alreadySpent;
  }

  get spent(): number {
    return maximumSegments - this.#left;
  }

  /** @throws PhotoError `corrupt` once there are too many */
  spend(count: number): void {
    this.#left -= count;
    if (this.#left < 0) throw corruptPhoto(`The JPEG has more than ${maximumSegments} segments and tables.`);
  }
}
