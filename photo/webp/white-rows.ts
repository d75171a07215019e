import { ModuleInstances } from '../../wasm/module-instances.ts';
import { type PixelKernels, pixelKernels } from '../pixels/kernels/pixel-kernels.ts';
import type { RgbaPixels } from './libwebp.ts';
import type { WebpContainer } from './webp-container.ts';

/** So much more than a row the kernels may read and write. */
const slackInBytes = 16;
const white = 255;
/** Pixels that go through the kernels' memory at a time, where the rows don't matter. */
const stripInPixels = 1 << 14;

/** One memory for all, since nothing waits between a picture's first row and its last. */
const instances = new ModuleInstances(pixelKernels);

/** RGBA laid on white in its own place, three bytes a pixel where four lay: a copy of a large picture would be most of what there is. */
export function layOnWhiteInPlace({ data, width, height }: RgbaPixels): Uint8Array {
  const rgbAt = 4 * stripInPixels + slackInBytes;
  const { exports, memory } = instances.hold(rgbAt + 3 * stripInPixels + slackInBytes);
  const strip = new Uint8Array(memory.buffer);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const pixels = width * height;
  for (let pixel = 0; pixel < pixels; pixel += stripInPixels) {
    const count = Math.min(stripInPixels, pixels - pixel);
    strip.set(bytes.subarray(4 * pixel, 4 * (pixel + count)));
    exports.layOnWhite(0, rgbAt, rgbAt + 3 * count);
    bytes.set(strip.subarray(rgbAt, rgbAt + 3 * count), 3 * pixel);
  }
  return bytes.subarray(0, 3 * pixels);
}

/** The rows of a white canvas with a frame of RGBA on it, one at a time in the kernels' memory. */
export class WhiteRows {
  readonly kernels: PixelKernels;
  readonly bytes: Uint8Array;
  /** Where each row lies, until the next one is made. */
  readonly rowAt: number;
  /** Behind it as many bytes are free as were asked for. */
  readonly freeAt: number;
  readonly #data: Uint8Array | Uint8ClampedArray;
  readonly #container: WebpContainer;

  constructor({ data }: RgbaPixels, container: WebpContainer, freeInBytes: number) {
    this.#data = data;
    this.#container = container;
    this.rowAt = 4 * container.frame.width + slackInBytes;
    this.freeAt = Math.ceil((this.rowAt + 3 * container.width + slackInBytes) / slackInBytes) * slackInBytes;
    const { exports, memory } = instances.hold(this.freeAt + freeInBytes);
    this.kernels = exports;
    this.bytes = new Uint8Array(memory.buffer);
  }

  make(y: number): void {
    const { width, frame } = this.#container;
    const [bytes, from] = [this.bytes, this.rowAt + 3 * frame.x];
    const row = y - frame.y;
    const isCovered = row >= 0 && row < frame.height;
    const end = from + (isCovered ? 3 * frame.width : 0);
    if (isCovered) {
      bytes.set(this.#data.subarray(4 * row * frame.width, 4 * (row + 1) * frame.width));
      this.kernels.layOnWhite(0, from, end);
    }
    bytes.fill(white, this.rowAt, from);
    bytes.fill(white, end, this.rowAt + 3 * width);
  }
}
