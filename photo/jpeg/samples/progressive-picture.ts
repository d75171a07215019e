import type { DecodeWatch } from '../../decode-watch.ts';
import { PhotoError } from '../../photo-error.ts';
import { allocateCoefficients, type CoefficientPlane } from '../entropy/coefficient-plane.ts';
import { EntropyWindow } from '../entropy/entropy-window.ts';
import { forEachScan, type Scan } from '../entropy/for-each-scan.ts';
import { type HuffmanClass, type HuffmanCode, HuffmanTable } from '../entropy/huffman-table.ts';
import { largestMean } from '../entropy/largest-mean.ts';
import { neededScans, Progression } from '../entropy/progression.ts';
import type { ProgressiveCoder } from '../entropy/progressive-blocks.ts';
import { decodeProgressiveScan, skipScan } from '../entropy/progressive-scan.ts';
import { countUnits, ScanUnits } from '../entropy/scan-units.ts';
import { JpegWorkspace, type SamplePlane } from '../kernels/jpeg-workspace.ts';
import type { ComponentLayout, FrameLayout } from '../markers/frame-layout.ts';
import type { JpegHeader } from '../markers/jpeg-header.ts';
import { endOfScan, hasEndOfImage } from '../markers/next-segment.ts';
import { noEndMarker, strayBytes } from '../markers/warnings.ts';
import { LEFT_OUT } from '../markers/zigzag.ts';
import type { ColourRowWriter } from './colour-rows.ts';
import { PictureRows } from './picture-rows.ts';
import { reconstructRow } from './reconstruct-row.ts';

/** Of 50 megapixels with all colour, ten scans as encoders write them come to 12 million. */
const maximumDecodedBlocks = 60_000_000;

const noCode: HuffmanCode = { tableClass: 'dc', counts: new Uint8Array(16), values: new Uint8Array(0) };

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
  watch: DecodeWatch,
): Uint8Array<ArrayBuffer> {
  const { scans, end } = findScans(bytes, header);
  const isCut = !hasEndOfImage(bytes, end);
  if (isCut) watch.warn(noEndMarker);
  // Without a marker behind it only decoding the last scan tells whether all of it is there.
  const planes = frame.components.map((layout) => allocateCoefficients(layout, isCut));
  const needed = neededScans(
    scans.map((scan) => scan.header),
    planes.map(({ slots }) => (isCut ? 63 : slots.lastNeeded)),
  );
  requireWorkWithin(
    scans.filter((_, position) => needed[position]),
    frame,
  );
  const steps = planes.map((_, index) => quantisationOf(index, scans, frame));
  const tableOf = keepTables();
  for (const [position, scan] of scans.entries()) {
    if (needed[position]) decodeScan(bytes, frame, planes, steps, scan, tableOf, watch);
    else skipScan(bytes, frame, scan);
  }
  const workspace = new JpegWorkspace(frame);
  const components = planes.map((plane, index) => ({
    coefficients: plane,
    plane: workspace.planes[index] as SamplePlane,
    quantisation: bySlot(steps[index] as Int32Array, plane),
  }));
  const picture = new PictureRows(frame, workspace, write);
  for (let row = 0; row < frame.unitsDown; row++) {
    for (const component of components) reconstructRow(workspace, component, row);
    picture.advance(row + 1);
    watch.throwIfOver();
  }
  return picture.pixels;
}

/** All scans in their order, of which each is allowed to come when it does, and where the last of them ends. */
function findScans(bytes: Uint8Array, header: JpegHeader): { readonly scans: readonly Scan[]; readonly end: number } {
  const progression = new Progression(header.components.length);
  const scans: Scan[] = [];
  let end = 0;
  forEachScan(bytes, header, {
    visit(scan) {
      progression.add(scan.header);
      scans.push(scan);
      end = endOfScan(bytes, scan.start);
      return end;
    },
    isComplete: () => progression.isComplete,
  });
  return { scans, end };
}

/** Each block takes time in each scan that is decoded, even where neither holds a bit of it. */
function requireWorkWithin(scans: readonly Scan[], frame: FrameLayout): void {
  const blocks = scans.reduce((sum, scan) => {
    const { across, down } = countUnits(scan, frame);
    const parts = scan.header.components.map(({ index }) => frame.components[index] as ComponentLayout);
    const blocksPerUnit = parts.reduce((count, part) => count + part.horizontalBlocks * part.verticalBlocks, 0);
    return sum + across * down * (parts.length === 1 ? 1 : blocksPerUnit);
  }, 0);
  if (blocks <= maximumDecodedBlocks) return;
  throw new PhotoError(
    'too-large',
    `The photo has ${blocks.toLocaleString('en-US')} blocks in all of its scans, and at most ${maximumDecodedBlocks.toLocaleString('en-US')} are decoded.`,
    'Send the photo scaled down, or as an ordinary JPEG: baseline, or progressive with some ten scans.',
  );
}

/** Of a code that several scans use, one table is made. */
function keepTables(): (code: HuffmanCode) => HuffmanTable {
  const tables = new Map<HuffmanCode, HuffmanTable>();
  return (code) => {
    const table = tables.get(code) ?? new HuffmanTable(code);
    tables.set(code, table);
    return table;
  };
}

/** A component's table is the one in force at its first scan; a later one of the same number is another's. */
function quantisationOf(index: number, scans: readonly Scan[], frame: FrameLayout): Int32Array {
  const first = scans.find(({ header }) => header.components.some((component) => component.index === index)) as Scan;
  return first.tables.quantisation(frame.components[index]?.quantisation ?? 0);
}

function decodeScan(
  bytes: Uint8Array,
  frame: FrameLayout,
  planes: readonly CoefficientPlane[],
  steps: readonly Int32Array[],
  scan: Scan,
  tableOf: (code: HuffmanCode) => HuffmanTable,
  watch: DecodeWatch,
): void {
  const { spectralStart, spectralEnd, approximationHigh, approximationLow } = scan.header;
  const coders = scan.header.components.map(({ index, dcTable, acTable }): ProgressiveCoder => {
    const codeOf = (tableClass: HuffmanClass) =>
      scan.tables.huffman(tableClass, tableClass === 'ac' ? acTable : dcTable);
    // Refining DC takes plain bits, so that a file need not have a table for it.
    const needsTable = spectralStart > 0 || approximationHigh === 0;
    const plane = planes[index] as CoefficientPlane;
    return {
      plane,
      layout: plane.layout,
      table: tableOf(needsTable ? codeOf(spectralStart > 0 ? 'ac' : 'dc') : noCode),
      largestDc: largestMean((steps[index]?.[0] as number) << approximationLow),
      spectralStart,
      spectralEnd,
      approximationLow,
      prediction: 0,
      endOfBandRun: 0,
    };
  });
  const blocksPerUnit = coders.reduce((sum, { layout }) => sum + layout.horizontalBlocks * layout.verticalBlocks, 0);
  const window = new EntropyWindow(bytes, scan.start, blocksPerUnit);
  decodeProgressiveScan(window, new ScanUnits(scan, frame, window), scan, coders, watch);
  window.finish();
  if (window.hasPadding) watch.warn(strayBytes);
}

function bySlot(zigzag: Int32Array, { slots }: CoefficientPlane): Int32Array {
  const ordered = new Int32Array(LEFT_OUT + 1);
  zigzag.forEach((step, index) => {
    ordered[slots.slotOf[index] ?? LEFT_OUT] = step;
  });
  return ordered;
}
