import type { DecodeWatch } from '../../decode-watch.ts';
import { corruptPhoto } from '../../photo-error.ts';
import { countBlocks, type UnitComponent } from '../entropy/describe-unit.ts';
import { EntropyWindow } from '../entropy/entropy-window.ts';
import { forEachScan, type Scan } from '../entropy/for-each-scan.ts';
import { ScanUnits } from '../entropy/scan-units.ts';
import { SequentialCoders, sequentialMemory } from '../entropy/sequential-coders.ts';
import { decodeSequentialScan } from '../entropy/sequential-scan.ts';
import { type OpenWorkspace, rowAddress, type SamplePlane } from '../kernels/jpeg-workspace.ts';
import type { ComponentLayout, FrameLayout } from '../markers/frame-layout.ts';
import type { JpegHeader } from '../markers/jpeg-header.ts';
import { hasEndOfImage } from '../markers/next-segment.ts';
import type { ScanComponent } from '../markers/scan-header.ts';
import { noEndMarker, strayBytes } from '../markers/warnings.ts';
import type { ColourRowWriter } from './colour-rows.ts';
import { KeptSamples } from './kept-samples.ts';
import { PictureRows } from './picture-rows.ts';

interface SequentialComponent extends UnitComponent {
  /** Position in the frame header. */
  readonly index: number;
  readonly plane: SamplePlane;
}

/**
 * Decodes a baseline or extended picture. In one scan of all components, which is the rule, pixels are made row by row
 * from two rows of minimum coded units; otherwise the components' samples are kept until the last is there.
 * @returns RGB pixels of the frame's size
 */
export function decodeSequential(
  bytes: Uint8Array,
  header: JpegHeader,
  frame: FrameLayout,
  write: ColourRowWriter,
  watch: DecodeWatch,
  open: OpenWorkspace,
): Uint8Array<ArrayBuffer> {
  const workspace = open(sequentialMemory(bytes, frame));
  const coders = new SequentialCoders(workspace, frame);
  const picture = new PictureRows(frame, workspace, write);
  const keptByComponent = new Map<number, KeptSamples>();
  const coded = new Set<number>();

  const componentOf = ({ tables }: Scan, { index, dcTable, acTable }: ScanComponent): SequentialComponent => {
    if (coded.has(index)) throw corruptPhoto('The JPEG codes one of its components twice.');
    coded.add(index);
    const layout = frame.components[index] as ComponentLayout;
    const plane = workspace.planes[index] as SamplePlane;
    const coder = coders.add({
      ac: tables.huffman('ac', acTable),
      quantisation: tables.quantisation(layout.quantisation),
      dc: tables.huffman('dc', dcTable),
      layout,
      plane,
    });
    const { blockSize } = layout;
    const blockStep = blockSize;
    return { index, layout, plane, coder, blockStep, rowAddress: (row) => rowAddress(plane, row * blockSize) };
  };

  /** What to do with each row of minimum coded units of a scan of some of the components. */
  const keepRows = (components: readonly SequentialComponent[]): ((rows: number) => void) => {
    const isAlone = components.length === 1;
    const all = components.map(({ index, layout, plane }) => {
      const kept = new KeptSamples(workspace, plane, layout);
      keptByComponent.set(index, kept);
      return { kept, count: isAlone ? 1 : layout.verticalBlocks };
    });
    return (rows) => {
      for (const { kept, count } of all) kept.keep((rows - 1) * count, count);
    };
  };

  const assemble = (): void => {
    for (let row = 0; row < frame.unitsDown; row++) {
      for (const [index, { verticalBlocks }] of frame.components.entries()) {
        keptByComponent.get(index)?.restore(row * verticalBlocks, verticalBlocks);
      }
      picture.advance(row + 1);
    }
  };

  const isComplete = () => coded.size === frame.components.length;
  const visit = (scan: Scan): number => {
    const components = scan.header.components.map((component) => componentOf(scan, component));
    const isWhole = components.length === frame.components.length;
    const finishRow = isWhole ? (rows: number) => picture.advance(rows) : keepRows(components);
    const blocks = countBlocks(components.map(({ layout }) => layout));
    const window = new EntropyWindow(bytes, scan.start, blocks, workspace.bytes.buffer, coders.window);
    decodeSequentialScan(window, workspace, coders, new ScanUnits(scan, frame, window), components, (rows) => {
      finishRow(rows);
      watch.throwIfOver();
    });
    const end = window.finish();
    if (window.hasPadding) watch.warn(strayBytes);
    if (isComplete() && !isWhole) assemble();
    if (isComplete() && !hasEndOfImage(bytes, end)) watch.warn(noEndMarker);
    return end;
  };
  forEachScan(bytes, header, { visit, isComplete });
  return picture.pixels;
}
