import type { CardInput } from '../card/card.ts';
import { type AxisPlacement, shownPart } from './axis-placement.ts';

/**
 * Paints what lies beside the photo in the colour that the model takes for zero, the mean of what it was trained on, as
 * timm's `border` does. Channels are red, green, blue still, whatever order the card wants.
 */
export function fillBorder(
  pixels: Uint8Array | Float32Array,
  input: CardInput,
  x: AxisPlacement,
  y: AxisPlacement,
): void {
  const channels = pixels.length / (x.targetSize * y.targetSize);
  const colour = Array.from({ length: channels }, (_, channel) =>
    byteOfZero(input, input.channels === 'bgr' ? 2 - channel : channel),
  );
  const [columns, rows] = [insideOf(x), insideOf(y)];
  for (let row = 0, at = 0; row < y.targetSize; row++) {
    for (let column = 0; column < x.targetSize; column++, at += channels) {
      const isInside = row >= rows.begin && row < rows.end && column >= columns.begin && column < columns.end;
      if (!isInside) pixels.set(colour, at);
    }
  }
}

/** Which pixels of the input show the photo. */
function insideOf(axis: AxisPlacement): { readonly begin: number; readonly end: number } {
  const { resizedSize, first } = shownPart(axis);
  return { begin: -first, end: resizedSize - first };
}

function byteOfZero({ scale, offset }: CardInput, channel: number): number {
  const [factor, term] = [scale, offset].map((values) =>
    typeof values === 'number' ? values : (values[channel] as number),
  ) as [number, number];
  return Math.min(255, Math.max(0, Math.round(-term / factor) || 0));
}
