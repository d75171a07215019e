import type { Margins } from '../plan/padding.ts';
import type { KernelMemory } from './kernel-memory.ts';

/**
 * The address of a picture of `height` × `width` × `channels` floats with zeros around it, in scratch memory; the
 * picture's own address where there is nothing to pad.
 */
export function padInput(
  memory: KernelMemory,
  address: number,
  [height, width, channels]: readonly [number, number, number],
  { top, bottom, left, right }: Margins,
): number {
  if (top + bottom + left + right === 0) return address;
  const rowLength = width * channels;
  const paddedRowLength = (left + width + right) * channels;
  const length = (top + height + bottom) * paddedRowLength;
  const padded = memory.scratch('padded', length);
  const floats = memory.floats;
  const target = padded / Float32Array.BYTES_PER_ELEMENT;
  const source = address / Float32Array.BYTES_PER_ELEMENT;
  floats.fill(0, target, target + top * paddedRowLength + left * channels);
  let to = target + top * paddedRowLength + left * channels;
  for (let row = 0; row < height; row++) {
    floats.copyWithin(to, source + row * rowLength, source + (row + 1) * rowLength);
    floats.fill(0, to + rowLength, Math.min(to + paddedRowLength, target + length));
    to += paddedRowLength;
  }
  floats.fill(0, Math.min(to, target + length), target + length);
  return padded;
}
