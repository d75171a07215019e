import { BitWriter } from './bit-writer.ts';
import type { ComponentCoefficients } from './coefficients.ts';
import { toCoefficients } from './coefficients.ts';
import { huffmanPayload } from './huffman-code.ts';
import type { Band, BlockWriter } from './scan-writers.ts';
import { progressiveWriter, sequentialWriter } from './scan-writers.ts';

export interface EncodedScan extends Partial<Band> {
  /** Positions in the list of components. */
  readonly components: readonly number[];
}

export interface EncodeOptions {
  readonly width: number;
  readonly height: number;
  /** Sampling factors of each component, such as `[[2, 2], [1, 1], [1, 1]]`. */
  readonly sampling: readonly (readonly [number, number])[];
  readonly ids?: readonly number[];
  /** The sample 0 to 255 of a component at a place of the full-size picture. */
  readonly sampleAt?: (component: number, x: number, y: number) => number;
  readonly scans?: readonly EncodedScan[];
  /** 0xc0 by default, or 0xc2 where a scan codes less than everything. */
  readonly frameMarker?: number;
  readonly precision?: number;
  readonly restartInterval?: number;
  /** Leaves the height to a DNL segment behind the first scan. */
  readonly hasDnl?: boolean;
  /** Whole segments, marker included, before the tables. */
  readonly segments?: readonly number[];
  /** Bytes of 0xFF before every marker segment. */
  readonly fillBytes?: number;
  readonly quantisationStep?: number;
}

/** Waves that differ by component: every coefficient occurs, and neighbouring samples stay close. */
export function waves(component: number, x: number, y: number): number {
  return 128 + 70 * Math.sin((x + component * 9) / 11) + 45 * Math.cos((y - component * 5) / 7);
}

/** The usual script of progressive encoders: DC, then AC by bands, each brought down bit by bit. */
export function progressiveScans(components: number): EncodedScan[] {
  const all = Array.from({ length: components }, (_, index) => index);
  const each = (band: Band): EncodedScan[] => all.map((index) => ({ components: [index], ...band }));
  return [
    { components: all, start: 0, end: 0, high: 0, low: 1 },
    ...each({ start: 1, end: 5, high: 0, low: 2 }),
    ...each({ start: 6, end: 63, high: 0, low: 2 }),
    ...each({ start: 1, end: 63, high: 2, low: 1 }),
    { components: all, start: 0, end: 0, high: 1, low: 0 },
    ...each({ start: 1, end: 63, high: 1, low: 0 }),
  ];
}

/** A JPEG made in plain sight, for tests: the caller says how it is laid out, and nothing about it is optimal. */
export function encodeJpeg(options: EncodeOptions): Uint8Array {
  const { width, height, sampling, sampleAt = waves, restartInterval = 0 } = options;
  const ids = options.ids ?? sampling.map((_, index) => index + 1);
  const scans = options.scans ?? [{ components: sampling.map((_, index) => index) }];
  const isProgressive = options.frameMarker === 0xc2 || scans.some(({ end }) => end !== undefined);
  const steps = Array.from({ length: 64 }, (_, index) => (options.quantisationStep ?? 2) + (index >> 3));
  const isSingle = sampling.length === 1;
  const horizontal = isSingle ? 1 : Math.max(...sampling.map(([factor]) => factor));
  const vertical = isSingle ? 1 : Math.max(...sampling.map(([, factor]) => factor));
  const unitsAcross = Math.ceil(width / 8 / horizontal);
  const unitsDown = Math.ceil(height / 8 / vertical);
  const factors = sampling.map((pair) => (isSingle ? ([1, 1] as const) : pair));
  const components = factors.map(([across, down], index) => {
    const centre = (at: number, factor: number, largest: number): number => ((at + 0.5) * largest) / factor - 0.5;
    const sample = (x: number, y: number): number =>
      sampleAt(index, centre(x, across, horizontal), centre(y, down, vertical));
    return toCoefficients(sample, unitsAcross * across, unitsDown * down, steps);
  });

  const bytes: number[] = [0xff, 0xd8, ...(options.segments ?? [])];
  const segment = (code: number, payload: readonly number[]): void => {
    for (let fill = options.fillBytes ?? 0; fill > 0; fill--) bytes.push(0xff);
    bytes.push(0xff, code, ...word(payload.length + 2), ...payload);
  };
  segment(0xdb, [0, ...steps]);
  segment(0xc4, [...huffmanPayload('dc', 0), ...huffmanPayload('ac', 0)]);
  if (restartInterval > 0) segment(0xdd, word(restartInterval));
  segment(options.frameMarker ?? (isProgressive ? 0xc2 : 0xc0), [
    options.precision ?? 8,
    ...word(options.hasDnl ? 0 : height),
    ...word(width),
    sampling.length,
    ...sampling.flatMap(([across, down], index) => [ids[index] ?? 0, (across << 4) | down, 0]),
  ]);
  for (const [position, scan] of scans.entries()) {
    const band = { start: scan.start ?? 0, end: scan.end ?? 63, high: scan.high ?? 0, low: scan.low ?? 0 };
    segment(0xda, [
      scan.components.length,
      ...scan.components.flatMap((index) => [ids[index] ?? 0, 0]),
      band.start,
      band.end,
      (band.high << 4) | band.low,
    ]);
    const parts = scan.components.map((index) => {
      const [across, down] = factors[index] ?? [1, 1];
      return {
        component: components[index] as ComponentCoefficients,
        across,
        down,
        blocksAcross: Math.ceil((width * across) / horizontal / 8),
        blocksDown: Math.ceil((height * down) / vertical / 8),
      };
    });
    bytes.push(...scanData(parts, unitsAcross, unitsDown, restartInterval, isProgressive ? band : undefined));
    if (position === 0 && options.hasDnl) segment(0xdc, word(height));
  }
  return Uint8Array.of(...bytes, 0xff, 0xd9);
}

interface ScanPart {
  readonly component: ComponentCoefficients;
  readonly across: number;
  readonly down: number;
  readonly blocksAcross: number;
  readonly blocksDown: number;
}

function scanData(
  parts: readonly ScanPart[],
  unitsAcross: number,
  unitsDown: number,
  restartInterval: number,
  band: Band | undefined,
): number[] {
  const bits = new BitWriter();
  const begin = (): BlockWriter[] => parts.map(() => (band ? progressiveWriter(bits, band) : sequentialWriter(bits)));
  const [first] = parts;
  const alone = parts.length === 1 ? first : undefined;
  const columns = alone ? alone.blocksAcross : unitsAcross;
  const rows = alone ? alone.blocksDown : unitsDown;
  let writers = begin();
  for (let unit = 0; unit < columns * rows; unit++) {
    if (restartInterval > 0 && unit > 0 && unit % restartInterval === 0) {
      for (const writer of writers) writer.end();
      bits.marker(0xd0 + ((unit / restartInterval - 1) & 7));
      writers = begin();
    }
    const column = unit % columns;
    const row = Math.floor(unit / columns);
    for (const [index, { component, across, down }] of parts.entries()) {
      const wide = alone ? 1 : across;
      const high = alone ? 1 : down;
      for (let y = row * high; y < (row + 1) * high; y++) {
        for (let x = column * wide; x < (column + 1) * wide; x++) {
          const at = (y * component.across + x) * 64;
          writers[index]?.write(component.blocks.subarray(at, at + 64));
        }
      }
    }
  }
  for (const writer of writers) writer.end();
  bits.flush();
  return bits.bytes;
}

function word(value: number): number[] {
  return [value >> 8, value & 255];
}
