import type { CardInput } from '../card/card.ts';
import { countChannels } from '../card/parse-card.ts';
import { FitWorkspace } from './kernels/fit-workspace.ts';

const levels = 256;
const floatInBytes = Float32Array.BYTES_PER_ELEMENT;
const kernelByOrder = { grey: 'scaleGrey', rgb: 'scaleRgb', bgr: 'scaleBgr' } as const;

/**
 * Each channel's value × scale + offset, in the order of the card's channels.
 * @param pixels values 0–255, one a pixel where the card says grey, else red, green and blue
 * @returns as many floats
 */
export function scalePixels(pixels: Uint8Array | Float32Array, card: CardInput): Float32Array {
  return pixels instanceof Uint8Array ? scaleBytes(pixels, card) : scaleFloats(pixels, card);
}

function scaleBytes(pixels: Uint8Array, card: CardInput): Float32Array {
  const channels = countChannels(card);
  const tableInBytes = levels * floatInBytes;
  const workspace = new FitWorkspace([pixels.length, channels * tableInBytes, pixels.length * floatInBytes]);
  const [from, tables, out] = workspace.addresses as [number, number, number];
  workspace.bytes.set(pixels, from);
  for (let channel = 0; channel < channels; channel++) {
    const [scale, offset] = [valueOfChannel(card.scale, channel), valueOfChannel(card.offset, channel)];
    const table = workspace.floats(tables + channel * tableInBytes, levels);
    if (channel > 0 && typeof card.scale === 'number' && typeof card.offset === 'number') {
      table.set(workspace.floats(tables, levels));
    } else {
      for (let level = 0; level < levels; level++) table[level] = level * scale + offset;
    }
  }
  workspace.kernels[kernelByOrder[card.channels]](from, from + pixels.length, tables, out);
  return workspace.floats(out, pixels.length).slice();
}

function scaleFloats(pixels: Float32Array, card: CardInput): Float32Array {
  const channels = countChannels(card);
  const scaled = new Float32Array(pixels.length);
  for (let channel = 0; channel < channels; channel++) {
    const [scale, offset] = [valueOfChannel(card.scale, channel), valueOfChannel(card.offset, channel)];
    const source = card.channels === 'bgr' ? channels - 1 - channel : channel;
    for (let pixel = 0; pixel < scaled.length; pixel += channels) {
      scaled[pixel + channel] = (pixels[pixel + source] as number) * scale + offset;
    }
  }
  return scaled;
}

function valueOfChannel(values: number | readonly number[], channel: number): number {
  return typeof values === 'number' ? values : (values[channel] as number);
}
