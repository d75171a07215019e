import type { JpegWorkspace } from '../kernels/jpeg-workspace.ts';
import type { FrameLayout } from '../markers/frame-layout.ts';
import type { ColourRowWriter } from './colour-rows.ts';
import { chooseRowSource, type RowSource } from './row-source.ts';

/**
 * Assembles pixels from the components' samples, row by row from the top, as far as samples are there; where the workspace has
 * room for the picture, there, and otherwise in an array of their own.
 */
export class PictureRows {
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly #frame: FrameLayout;
  readonly #workspace: JpegWorkspace;
  readonly #sources: readonly RowSource[];
  readonly #rows: number[];
  readonly #write: ColourRowWriter;
  #next = 0;

  constructor(frame: FrameLayout, workspace: JpegWorkspace, write: ColourRowWriter) {
    const sizeInBytes = frame.width * frame.height * 3;
    const { bytes, picture } = workspace;
    this.pixels = picture === undefined ? new Uint8Array(sizeInBytes) : bytes.subarray(picture, picture + sizeInBytes);
    this.#frame = frame;
    this.#workspace = workspace;
    this.#sources = frame.components.map((_, index) => chooseRowSource(frame, workspace, index));
    this.#rows = this.#sources.map(() => 0);
    this.#write = write;
  }

  /** Writes every pixel row that `unitRows` rows of minimum coded units suffice for. */
  advance(unitRows: number): void {
    const { width, height, unitHeight, unitsDown } = this.#frame;
    const { bytes, pixelRow, picture } = this.#workspace;
    const rowInBytes = 3 * width;
    // The last row above a boundary is interpolated with samples from below it.
    const end = unitRows === unitsDown ? height : unitRows * unitHeight - 1;
    for (; this.#next < end; this.#next++) {
      // By number: for the first photos V8 interprets this, and would make a pair for each of these.
      for (let index = 0; index < this.#sources.length; index++) {
        this.#rows[index] = (this.#sources[index] as RowSource)(this.#next);
      }
      const at = this.#next * rowInBytes;
      this.#write(this.#workspace, this.#rows, width, picture === undefined ? pixelRow : picture + at);
      if (picture === undefined) this.pixels.set(bytes.subarray(pixelRow, pixelRow + rowInBytes), at);
    }
  }
}
