import { type JpegWorkspace, rowAddress, type SamplePlane } from '../kernels/jpeg-workspace.ts';
import type { ComponentLayout } from '../markers/frame-layout.ts';

/** All samples of a component, for a picture whose components come in several scans: its plane holds only the last rows. */
export class KeptSamples {
  readonly #bytes: Uint8Array;
  readonly #plane: SamplePlane;
  readonly #blockSize: number;
  readonly #samples: Uint8Array;

  constructor({ bytes }: JpegWorkspace, plane: SamplePlane, layout: ComponentLayout) {
    this.#bytes = bytes;
    this.#plane = plane;
    this.#blockSize = layout.blockSize;
    this.#samples = new Uint8Array(layout.paddedBlocksDown * layout.blockSize * plane.stride);
  }

  /** Copies rows of blocks from the plane, where they were just decoded. */
  keep(first: number, count: number): void {
    this.#forEachRow(first, count, (kept, decoded) => kept.set(decoded));
  }

  /** Copies rows of blocks back to the plane. */
  restore(first: number, count: number): void {
    this.#forEachRow(first, count, (kept, decoded) => decoded.set(kept));
  }

  #forEachRow(first: number, count: number, copy: (kept: Uint8Array, decoded: Uint8Array) => void): void {
    const sizeInBytes = this.#blockSize * this.#plane.stride;
    for (let row = first; row < first + count; row++) {
      const at = row * sizeInBytes;
      const from = rowAddress(this.#plane, row * this.#blockSize);
      copy(this.#samples.subarray(at, at + sizeInBytes), this.#bytes.subarray(from, from + sizeInBytes));
    }
  }
}
