import type { CardInput } from '../card/card.ts';
import { type AxisPlacement, type Size, shownPart } from './axis-placement.ts';
import { placePhoto } from './placement.ts';

/** A rectangle in shares of a photo's width and height; beyond 0 to 1 where padding was added. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What the input shows, in pixels of the photo, where it shows a part of what was resized. */
export function asPartOfPhoto(axis: AxisPlacement): AxisPlacement {
  if (axis.shown === undefined) return axis;
  const { resizedSize, first } = shownPart(axis);
  const scale = axis.size / resizedSize;
  const { sourceSize, targetSize } = axis;
  return {
    sourceSize,
    start: axis.start + Math.round(first * scale),
    size: Math.max(1, Math.round(targetSize * scale)),
    targetSize,
  };
}

/** The part of a photo that the model's input shows. */
export function areaOfInput(photo: Size, input: CardInput): Area {
  const placed = placePhoto(photo, input, input.fit);
  const [x, y] = [asPartOfPhoto(placed.x), asPartOfPhoto(placed.y)];
  return {
    left: x.start / x.sourceSize,
    top: y.start / y.sourceSize,
    width: x.size / x.sourceSize,
    height: y.size / y.sourceSize,
  };
}
