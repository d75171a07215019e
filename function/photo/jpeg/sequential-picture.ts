import type { ColourRowWriter } from './colour-rows.ts';
import { EntropyWindow } from './entropy-window.ts';
import type { Scan } from './for-each-scan.ts';
import { forEachScan } from './for-each-scan.ts';
import type { FrameLayout } from './frame-layout.ts';
import type { HuffmanTable } from './huffman-table.ts';
import { corrupt } from './jpeg-error.ts';
import { PictureRows } from './picture-rows.ts';
import type { SamplePlane } from './sample-plane.ts';
import { allocatePlane } from './sample-plane.ts';
import type { SequentialComponent } from './sequential-scan.ts';
import { decodeSequentialScan } from './sequential-scan.ts';
import { skipGroups } from './skip-groups.ts';
import { slotsBySize } from './zigzag.ts';

/**
 * Decodes a baseline or extended picture. In one scan of all components, which is the rule, pixels are made row by row
 * from two rows of minimum coded units; otherwise the components' samples are kept until the last is there.
 * @returns RGB pixels of the frame's size
 */
export function decodeSequential(
  bytes: Uint8Array,
  frame: FrameLayout,
  write: ColourRowWriter,
): Uint8Array<ArrayBuffer> {
  const planes = new Map<number, SamplePlane>();
  let picture: PictureRows | undefined;

  const groups = new Map<HuffmanTable, Uint16Array>();
  const groupsOf = (ac: HuffmanTable): Uint16Array => {
    const known = groups.get(ac) ?? skipGroups(ac);
    groups.set(ac, known);
    return known;
  };

  const componentOf = (scan: Scan, { index, dcTable, acTable }: Scan['header']['components'][number]) => {
    const layout = frame.components[index];
    if (layout === undefined || planes.has(index)) throw corrupt('The JPEG codes one of its components twice.');
    const plane = allocatePlane(
      layout,
      scan.header.components.length === frame.components.length ? 'two unit rows' : 'all rows',
    );
    planes.set(index, plane);
    const { slotOf, lastNeeded } = slotsBySize[layout.blockSize];
    const ac = scan.tables.huffman('ac', acTable);
    const coder = {
      dc: scan.tables.huffman('dc', dcTable),
      ac,
      skipGroups: lastNeeded < 63 ? groupsOf(ac) : new Uint16Array(0),
      quantisation: scan.tables.quantisation(layout.quantisation),
      slotOf,
      lastNeeded,
      prediction: 0,
    };
    return { layout, plane, coder } satisfies SequentialComponent;
  };

  const assemble = (): PictureRows =>
    new PictureRows(
      frame,
      frame.components.map((layout, index) => ({ layout, plane: planes.get(index) as SamplePlane })),
      write,
    );

  forEachScan(
    bytes,
    frame.components.map(({ id }) => id),
    (scan) => {
      const components = scan.header.components.map((component) => componentOf(scan, component));
      const streams = components.length === frame.components.length;
      const rows = streams ? assemble() : undefined;
      const blocksPerUnit = components.reduce(
        (sum, { layout }) => sum + layout.horizontalBlocks * layout.verticalBlocks,
        0,
      );
      const window = new EntropyWindow(bytes, scan.start, blocksPerUnit);
      decodeSequentialScan(window, frame, components, scan.restartInterval, (unitRows) => rows?.advance(unitRows));
      const end = window.finish();
      if (planes.size === frame.components.length) {
        picture = rows ?? assemble();
        picture.advance(frame.unitsDown);
      }
      return end;
    },
  );
  if (picture === undefined) throw corrupt('The JPEG ends before all of its colour components.');
  return picture.pixels;
}
