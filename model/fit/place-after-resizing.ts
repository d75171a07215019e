import type { FitMode } from '../card/card.ts';
import type { AxisPlacement, ShownPart, Size } from './axis-placement.ts';

/**
 * The ways of torchvision and timm, which resize the whole photo and then show the centre of what comes out. Center-crop:
 * the shorter side becomes `resizeTo` pixels long (torchvision's Resize and CenterCrop); stretch: both sides do (timm's
 * `squash`); border: the longer side does, or fills the input, and what the input has beyond that is padding (timm's
 * `border`). Down to their truncations and roundings.
 */
export function placeAfterResizing(
  photo: Size,
  input: Size,
  fit: Exclude<FitMode, 'letterbox' | 'pillow-fit'>,
  resizeTo: number | undefined,
): { x: AxisPlacement; y: AxisPlacement } {
  const resized = resizedSize(photo, input, fit, resizeTo);
  const place = (sourceSize: number, size: number, targetSize: number): AxisPlacement => ({
    sourceSize,
    start: 0,
    size: sourceSize,
    targetSize,
    shown: showCentre(size, targetSize),
  });
  return {
    x: place(photo.width, resized.width, input.width),
    y: place(photo.height, resized.height, input.height),
  };
}

function resizedSize(photo: Size, input: Size, fit: FitMode, resizeTo: number | undefined): Size {
  const { width, height } = photo;
  if (fit === 'border') {
    const ratio = Math.max(height / (resizeTo ?? input.height), width / (resizeTo ?? input.width));
    return { width: atLeastOne(roundHalfToEven(width / ratio)), height: atLeastOne(roundHalfToEven(height / ratio)) };
  }
  const side = resizeTo ?? input.width;
  if (fit === 'stretch') return { width: side, height: side };
  const longer = atLeastOne(Math.trunc((side * Math.max(width, height)) / Math.min(width, height)));
  return width <= height ? { width: side, height: longer } : { width: longer, height: side };
}

function showCentre(resizedSize: number, targetSize: number): ShownPart {
  const left = resizedSize - targetSize;
  return { resizedSize, first: left < 0 ? Math.ceil(left / 2) || 0 : roundHalfToEven(left / 2) };
}

function atLeastOne(size: number): number {
  return Math.max(1, size);
}

/** As Python rounds. */
function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
