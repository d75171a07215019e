import type { DecodeWatch } from '../../decode-watch.ts';
import { PhotoError } from '../../photo-error.ts';
import { blocksBefore, type CoefficientPlane } from '../entropy/coefficient-plane.ts';
import { countBlocks } from '../entropy/describe-unit.ts';
import { EntropyWindow } from '../entropy/entropy-window.ts';
import { forEachScan, type Scan } from '../entropy/for-each-scan.ts';
import { largestMean } from '../entropy/largest-mean.ts';
import { neededScans, Progression } from '../entropy/progression.ts';
import { ProgressiveCoders } from '../entropy/progressive-coders.ts';
import { decodeProgressiveScan, type ProgressiveComponent } from '../entropy/progressive-scan.ts';
import { countUnits, ScanUnits } from '../entropy/scan-units.ts';
import { skipScan } from '../entropy/skip-scan.ts';
import type { OpenWorkspace, SamplePlane } from '../kernels/jpeg-workspace.ts';
import type { ComponentLayout, FrameLayout } from '../markers/frame-layout.ts';
import type { JpegHeader } from '../markers/jpeg-header.ts';
import { endOfScan, hasEndOfImage } from '../markers/next-segment.ts';
import { noEndMarker, strayBytes } from '../markers/warnings.ts';
import { LEFT_OUT, slotsBySize } from '../markers/zigzag.ts';
import type { ColourRowWriter } from './colour-rows.ts';
import { PictureRows } from './picture-rows.ts';
import { reconstructRow } from './reconstruct-row.ts';

/** Of 50 megapixels with all colour, ten scans as encoders write them come to 12 million. */
const maximumDecodedBlocks = 60_000_000;

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
  open: OpenWorkspace,
): Uint8Array<ArrayBuffer> {
  const { scans, end } = findScans(bytes, header);
  const isCut = !hasEndOfImage(bytes, end);
  if (isCut) watch.warn(noEndMarker);
  // Without a marker behind it only decoding the last scan tells whether all of it is there.
  const needed = neededScans(
    scans.map((scan) => scan.header),
    frame.components.map(({ blockSize }) => (isCut ? 63 : slotsBySize[blockSize].lastNeeded)),
  );
  requireWorkWithin(
    scans.filter((_, position) => needed[position]),
    frame,
  );
  const steps = frame.components.map((_, index) => quantisationOf(index, scans, frame));
  const coders = new ProgressiveCoders(bytes, frame, isCut, open);
  for (const [position, scan] of scans.entries()) {
    if (needed[position]) decodeScan(bytes, frame, coders, steps, scan, watch);
    else skipScan(bytes, frame, scan);
  }
  const { workspace, planes } = coders;
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

/** A component's table is the one in force at its first scan; a later one of the same number is another's. */
function quantisationOf(index: number, scans: readonly Scan[], frame: FrameLayout): Int32Array {
  const first = scans.find(({ header }) => header.components.some((component) => component.index === index)) as Scan;
  return first.tables.quantisation(frame.components[index]?.quantisation ?? 0);
}

function decodeScan(
  bytes: Uint8Array,
  frame: FrameLayout,
  coders: ProgressiveCoders,
  steps: readonly Int32Array[],
  scan: Scan,
  watch: DecodeWatch,
): void {
  const { spectralStart, approximationHigh, approximationLow } = scan.header;
  const components = scan.header.components.map(({ index, dcTable, acTable }, at): ProgressiveComponent => {
    // Refining DC takes plain bits, so that a file need not have a table for it.
    const needsCode = spectralStart > 0 || approximationHigh === 0;
    const codeOf = () => (spectralStart > 0 ? scan.tables.huffman('ac', acTable) : scan.tables.huffman('dc', dcTable));
    const plane = coders.planes[index] as CoefficientPlane;
    const largestDc = largestMean((steps[index]?.[0] as number) << approximationLow);
    return {
      layout: plane.layout,
      coefficients: plane,
      coder: coders.add(at, plane, scan.header, needsCode ? codeOf() : undefined, largestDc),
      blockStep: plane.blockInBytes,
      rowAddress: (row) => plane.coefficients + blocksBefore(plane, row) * plane.blockInBytes,
    };
  });
  const blocksPerUnit = countBlocks(components.map(({ layout }) => layout));
  const window = new EntropyWindow(bytes, scan.start, blocksPerUnit, coders.workspace.bytes.buffer, coders.window);
  decodeProgressiveScan(window, coders, new ScanUnits(scan, frame, window), scan, components, watch);
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
