import type { CoefficientPlane } from '../entropy/coefficient-plane.ts';
import { allocateCoefficients } from '../entropy/coefficient-plane.ts';
import { EntropyWindow } from '../entropy/entropy-window.ts';
import { HuffmanTable } from '../entropy/huffman-table.ts';
import { neededScans, Progression } from '../entropy/progression.ts';
import type { ProgressiveCoder } from '../entropy/progressive-blocks.ts';
import { decodeProgressiveScan, skipScan } from '../entropy/progressive-scan.ts';
import { JpegWorkspace, type SamplePlane } from '../kernels/jpeg-workspace.ts';
import type { Scan } from '../markers/for-each-scan.ts';
import { forEachScan } from '../markers/for-each-scan.ts';
import type { FrameLayout } from '../markers/frame-layout.ts';
import { corrupt } from '../markers/jpeg-error.ts';
import { endOfScan } from '../markers/next-segment.ts';
import type { ScanHeader } from '../markers/scan-header.ts';
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
  frame: FrameLayout,
  write: ColourRowWriter,
): Uint8Array<ArrayBuffer> {
  const ids = frame.components.map(({ id }) => id);
  const progression = new Progression(ids.length);
  const headers: ScanHeader[] = [];
  forEachScan(bytes, ids, (scan) => {
    progression.add(scan.header);
    headers.push(scan.header);
    return endOfScan(bytes, scan.start);
  });
  if (!progression.hasEveryBase) throw corrupt('The JPEG ends before all of its colour components.');

  const planes = frame.components.map(allocateCoefficients);
  const quantisation: Int32Array[] = [];
  const needed = neededScans(
    headers,
    planes.map(({ slots }) => slots.lastNeeded),
  );
  let position = 0;
  forEachScan(bytes, ids, (scan) => {
    // A component's table is the one in force at its first scan; a later one of the same number is another's.
    for (const { index } of scan.header.components) {
      quantisation[index] ??= scan.tables.quantisation(frame.components[index]?.quantisation ?? 0);
    }
    return needed[position++] ? decodeScan(bytes, frame, planes, scan) : skipScan(bytes, frame, scan);
  });
  const workspace = new JpegWorkspace(frame);
  const components = planes.map((plane, index) => ({
    coefficients: plane,
    plane: workspace.planes[index] as SamplePlane,
    quantisation: bySlot(quantisation[index] ?? new Int32Array(64), plane),
  }));
  const picture = new PictureRows(frame, workspace, write);
  for (let row = 0; row < frame.unitsDown; row++) {
    for (const component of components) reconstructRow(workspace, component, row);
    picture.advance(row + 1);
  }
  return picture.pixels;
}

function decodeScan(bytes: Uint8Array, frame: FrameLayout, planes: readonly CoefficientPlane[], scan: Scan): number {
  const { spectralStart, spectralEnd, approximationHigh, approximationLow } = scan.header;
  const coders = scan.header.components.map(({ index, dcTable, acTable }): ProgressiveCoder => {
    // Refining DC takes plain bits, so that a file need not have a table for it.
    const needsTable = spectralStart > 0 || approximationHigh === 0;
    return {
      plane: planes[index] as CoefficientPlane,
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
  const blocksPerUnit = coders.reduce(
    (sum, { plane }) => sum + plane.layout.horizontalBlocks * plane.layout.verticalBlocks,
    0,
  );
  const window = new EntropyWindow(bytes, scan.start, blocksPerUnit);
  decodeProgressiveScan(window, frame, scan, coders);
  return window.finish();
}

function bySlot(zigzag: Int32Array, { slots }: CoefficientPlane): Int32Array {
  const ordered = new Int32Array(LEFT_OUT + 1);
  zigzag.forEach((step, index) => {
    ordered[slots.slotOf[index] ?? LEFT_OUT] = step;
  });
  return ordered;
}
