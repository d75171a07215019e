import { corruptPhoto } from '../../photo-error.ts';
import { allocateCoefficients, type CoefficientPlane } from '../entropy/coefficient-plane.ts';
import { EntropyWindow } from '../entropy/entropy-window.ts';
import { forEachScan, type Scan } from '../entropy/for-each-scan.ts';
import { HuffmanTable } from '../entropy/huffman-table.ts';
import { neededScans, Progression } from '../entropy/progression.ts';
import type { ProgressiveCoder } from '../entropy/progressive-blocks.ts';
import { decodeProgressiveScan, skipScan } from '../entropy/progressive-scan.ts';
import { ScanUnits } from '../entropy/scan-units.ts';
import { JpegWorkspace, type SamplePlane } from '../kernels/jpeg-workspace.ts';
import type { FrameLayout } from '../markers/frame-layout.ts';
import type { JpegHeader } from '../markers/jpeg-header.ts';
import { endOfScan } from '../markers/next-segment.ts';
import { LEFT_OUT } from '../markers/zigzag.ts';
import type { ColourRowWriter } from './colour-rows.ts';
import { PictureRows } from './picture-rows.ts';
import { reconstructRow } from './reconstruct-row.ts';

const noTable = new HuffmanTable('dc', { counts: new Uint8Array(16), values: new Uint8Array(0) });

/**
 * Decodes a progressive picture: goes once over its scan headers to see which scans the scale needs, then decodes those into
 * coefficients, then makes samples and pixels of them row by row.
 * @returns RGB pixels of the frame's size
 */
export function decodeProgressive(
  bytes: Uint8Array,
  header: JpegHeader,
  frame: FrameLayout,
  write: ColourRowWriter,
): Uint8Array<ArrayBuffer> {
  const scans = findScans(bytes, header);
  const planes = frame.components.map(allocateCoefficients);
  const needed = neededScans(
    scans.map((scan) => scan.header),
    planes.map(({ slots }) => slots.lastNeeded),
  );
  for (const [position, scan] of scans.entries()) {
    if (needed[position]) decodeScan(bytes, frame, planes, scan);
    else skipScan(bytes, frame, scan);
  }
  const workspace = new JpegWorkspace(frame);
  const components = planes.map((plane, index) => ({
    coefficients: plane,
    plane: workspace.planes[index] as SamplePlane,
    quantisation: bySlot(quantisationOf(index, scans, frame), plane),
  }));
  const picture = new PictureRows(frame, workspace, write);
  for (let row = 0; row < frame.unitsDown; row++) {
    for (const component of components) reconstructRow(workspace, component, row);
    picture.advance(row + 1);
  }
  return picture.pixels;
}

/** All scans in their order, of which each is allowed to come when it does. */
function findScans(bytes: Uint8Array, header: JpegHeader): readonly Scan[] {
  const progression = new Progression(header.components.length);
  const scans: Scan[] = [];
  forEachScan(bytes, header, (scan) => {
    progression.add(scan.header);
    scans.push(scan);
    return endOfScan(bytes, scan.start);
  });
  if (!progression.hasEveryBase) throw corruptPhoto('The JPEG ends before all of its colour components.');
  return scans;
}

/** A component's table is the one in force at its first scan; a later one of the same number is another's. */
function quantisationOf(index: number, scans: readonly Scan[], frame: FrameLayout): Int32Array {
  const first = scans.find(({ header }) => header.components.some((component) => component.index === index)) as Scan;
  return first.tables.quantisation(frame.components[index]?.quantisation ?? 0);
}

function decodeScan(bytes: Uint8Array, frame: FrameLayout, planes: readonly CoefficientPlane[], scan: Scan): void {
  const { spectralStart, spectralEnd, approximationHigh, approximationLow } = scan.header;
  const coders = scan.header.components.map(({ index, dcTable, acTable }): ProgressiveCoder => {
    // Refining DC takes plain bits, so that a file need not have a table for it.
    const needsTable = spectralStart > 0 || approximationHigh === 0;
    const plane = planes[index] as CoefficientPlane;
    return {
      plane,
      layout: plane.layout,
      table: needsTable
        ? scan.tables.huffman(spectralStart > 0 ? 'ac' : 'dc', spectralStart > 0 ? acTable : dcTable)
        : noTable,
      spectralStart,
      spectralEnd,
      approximationLow,
      prediction: 0,
      endOfBandRun: 0,
    };
  });
  const blocksPerUnit = coders.reduce((sum, { layout }) => sum + layout.horizontalBlocks * layout.verticalBlocks, 0);
  const window = new EntropyWindow(bytes, scan.start, blocksPerUnit);
  decodeProgressiveScan(window, new ScanUnits(scan, frame, window), scan, coders);
  window.finish();
}

function bySlot(zigzag: Int32Array, { slots }: CoefficientPlane): Int32Array {
  const ordered = new Int32Array(LEFT_OUT + 1);
  zigzag.forEach((step, index) => {
    ordered[slots.slotOf[index] ?? LEFT_OUT] = step;
  });
  return ordered;
}
