import type { ColourRowWriter, SampleRow } from './colour-rows.ts';
import type { ComponentLayout, FrameLayout } from './frame-layout.ts';
import type { RowSource } from './row-source.ts';
import { chooseRowSource } from './row-source.ts';
import type { SamplePlane } from './sample-plane.ts';

export interface PictureComponent {
  readonly layout: ComponentLayout;
  readonly plane: SamplePlane;
}

/** Assembles pixels from the components' samples, row by row from the top, as far as samples are there. */
export class PictureRows {
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly #frame: FrameLayout;
  readonly #sources: readonly RowSource[];
  readonly #rows: readonly SampleRow[];
  readonly #write: ColourRowWriter;
  #next = 0;

  constructor(frame: FrameLayout, components: readonly PictureComponent[], write: ColourRowWriter) {
    this.pixels = new Uint8Array(frame.width * frame.height * 3);
    this.#frame = frame;
    this.#sources = components.map((component) => chooseRowSource(frame, component.layout, component.plane));
    this.#rows = components.map(({ plane }) => ({ samples: plane.samples, offset: 0 }));
    this.#write = write;
  }

  /** Writes every pixel row that `unitRows` rows of minimum coded units suffice for. */
  advance(unitRows: number): void {
    const { width, height, unitHeight, unitsDown } = this.#frame;
    // The last row above a boundary is interpolated with samples from below it.
    const end = unitRows === unitsDown ? height : unitRows * unitHeight - 1;
    for (; this.#next < end; this.#next++) {
      for (const [index, source] of this.#sources.entries()) source(this.#next, this.#rows[index] as SampleRow);
      this.#write(this.#rows, width, this.pixels, this.#next * width * 3);
    }
  }
}
