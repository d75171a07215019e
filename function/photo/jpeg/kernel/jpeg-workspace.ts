import type { ComponentLayout, FrameLayout } from '../frame-layout.ts';
import { jpegModule } from './jpeg-module.ts';

/** What the module exports; addresses, strides and widths are in bytes. */
interface JpegExports {
  readonly memory: WebAssembly.Memory;
  transform8(out: number, stride: number): void;
  transform4(out: number, stride: number): void;
  fill8(value: number, out: number, stride: number): void;
  doubleRow(near: number, width: number, out: number): void;
  doubleBlendedRows(near: number, far: number, width: number, out: number): void;
  blendRows(near: number, far: number, width: number, rounding: number, out: number): void;
  writeYcbcr(lumaRow: number, blueRow: number, redRow: number, width: number, out: number): void;
}

/** Samples of one component: a ring of the last two rows of minimum coded units, which is as far as interpolation looks back. */
export interface SamplePlane {
  readonly address: number;
  readonly stride: number;
  /** Row `y` of the component lies at `address + (y % rows) * stride`. */
  readonly rows: number;
}

/** One more than a block has: what is left out of it goes there. */
const blockInWords = 65;
const pageInBytes = 1 << 16;
/** As far as kernels read in front of a row, and read or write behind one. */
const roomInBytes = 48;

/**
 * What a decode works on from coefficients to one row of pixels, in the memory of the kernels, which grows to the largest
 * need and is kept. There is one, so that a decode must end, or be given up, before the next one begins.
 */
export class JpegWorkspace {
  static #exports: JpegExports | undefined;
  readonly kernels: JpegExports;
  /** The whole memory. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The block of coefficients that the transforms read. */
  readonly block: Int32Array;
  /** For each component. */
  readonly planes: readonly SamplePlane[];
  /** For each component, where a row of it is brought to the picture's width. */
  readonly wideRows: readonly number[];
  /** Where a row of RGB pixels is made. */
  readonly pixelRow: number;

  constructor(frame: FrameLayout) {
    JpegWorkspace.#exports ??= new WebAssembly.Instance(new WebAssembly.Module(jpegModule))
      .exports as unknown as JpegExports;
    this.kernels = JpegWorkspace.#exports;
    // The block lies at address 0, where the kernels expect it.
    let end = blockInWords * Int32Array.BYTES_PER_ELEMENT;
    const place = (sizeInBytes: number): number => {
      const address = end + roomInBytes;
      end = address + sizeInBytes;
      return address;
    };
    this.planes = frame.components.map((layout) => {
      const { stride, rows } = ringOf(layout);
      return { address: place(stride * rows), stride, rows };
    });
    this.wideRows = frame.components.map(() => place(frame.width));
    this.pixelRow = place(frame.width * 3);
    end += roomInBytes;

    const { memory } = this.kernels;
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / pageInBytes));
    this.bytes = new Uint8Array(memory.buffer);
    // Nothing of another picture shows through, however damaged this one is.
    this.bytes.fill(0, 0, end);
    this.block = new Int32Array(memory.buffer, 0, blockInWords);
  }
}

function ringOf(layout: ComponentLayout): { readonly stride: number; readonly rows: number } {
  const unitRows = Math.min(layout.paddedBlocksDown / layout.verticalBlocks, 2);
  return {
    stride: layout.paddedBlocksAcross * layout.blockSize,
    rows: unitRows * layout.verticalBlocks * layout.blockSize,
  };
}
