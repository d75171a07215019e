import { readJpegHeader } from '../../photo/jpeg/markers/jpeg-header.ts';
import { marker } from '../../photo/jpeg/markers/markers.ts';
import type { Draw } from '../random-draw.ts';

/** A photo damaged in one way; undefined where this way can't damage this photo. `other` is another photo's file. */
export type Damage = (jpeg: Buffer, draw: Draw, other: Buffer) => Buffer | undefined;

/** Where the entropy-coded data lies, by which most of a JPEG is meant. */
function scanOf(jpeg: Buffer): { readonly start: number; readonly end: number } {
  const end = jpeg.lastIndexOf(Buffer.of(0xff, marker.eoi));
  return { start: readJpegHeader(jpeg).firstScan.end, end: end < 0 ? jpeg.length : end };
}

/** Writes `bytes` over what lies somewhere in the scan. */
function overwrite(jpeg: Buffer, draw: Draw, bytes: Uint8Array): Buffer {
  const { start, end } = scanOf(jpeg);
  const length = Math.min(bytes.length, end - start);
  const damaged = Buffer.from(jpeg);
  damaged.set(bytes.subarray(0, length), start + draw(end - start - length + 1));
  return damaged;
}

function truncate(jpeg: Buffer, draw: Draw): Buffer {
  const { start, end } = scanOf(jpeg);
  return jpeg.subarray(0, start + draw(end - start));
}

function overwriteByAnother(jpeg: Buffer, draw: Draw, other: Buffer): Buffer {
  const { start, end } = scanOf(other);
  const length = Math.min(4096, end - start);
  const from = start + draw(end - start - length + 1);
  return overwrite(jpeg, draw, other.subarray(from, from + length));
}

function zero(jpeg: Buffer, draw: Draw): Buffer {
  return overwrite(jpeg, draw, Buffer.alloc(512));
}

/** As a transfer in text mode from Windows does it; the other way round where there is nothing to convert. */
function convertLineEnds(jpeg: Buffer): Buffer | undefined {
  const text = jpeg.toString('latin1');
  const converted = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n');
  return converted === text ? undefined : Buffer.from(converted, 'latin1');
}

function loseByte(jpeg: Buffer, draw: Draw): Buffer {
  const { start, end } = scanOf(jpeg);
  const at = start + draw(end - start);
  return Buffer.concat([jpeg.subarray(0, at), jpeg.subarray(at + 1)]);
}

/** A sector of a disk written a second time, over the next one. */
function repeatSector(jpeg: Buffer, draw: Draw): Buffer | undefined {
  const { start, end } = scanOf(jpeg);
  const first = Math.ceil(start / 512);
  const count = Math.floor(end / 512) - first;
  if (count < 2) return undefined;
  const at = 512 * (first + draw(count - 1));
  const damaged = Buffer.from(jpeg);
  damaged.copyWithin(at + 512, at, at + 512);
  return damaged;
}

function flipBits(jpeg: Buffer, draw: Draw): Buffer {
  const { start, end } = scanOf(jpeg);
  const damaged = Buffer.from(jpeg);
  for (let flips = 1 + draw(8); flips > 0; flips--) {
    const at = start + draw(end - start);
    damaged[at] = (damaged[at] as number) ^ (1 << draw(8));
  }
  return damaged;
}

function swapHalves(jpeg: Buffer): Buffer {
  const { start, end } = scanOf(jpeg);
  const middle = (start + end) >> 1;
  const parts = [jpeg.subarray(0, start), jpeg.subarray(middle, end), jpeg.subarray(start, middle), jpeg.subarray(end)];
  return Buffer.concat(parts);
}

function putStrayMarkerByte(jpeg: Buffer, draw: Draw): Buffer {
  return overwrite(jpeg, draw, Buffer.of(0xff));
}

/** An end-of-image marker instead of one of the later scans and all behind it: what a careless repair tool leaves. */
function cutBetweenScans(jpeg: Buffer, draw: Draw): Buffer | undefined {
  const scans: number[] = [];
  const startOfScan = Buffer.of(0xff, marker.sos);
  for (let at = jpeg.indexOf(startOfScan); at >= 0; at = jpeg.indexOf(startOfScan, at + 2)) scans.push(at);
  if (scans.length < 2) return undefined;
  return Buffer.concat([jpeg.subarray(0, scans[1 + draw(scans.length - 1)]), Buffer.of(0xff, marker.eoi)]);
}

export const damageKinds: Readonly<Record<string, Damage>> = {
  'cut off': truncate,
  '4 kB of another photo': overwriteByAnother,
  '512 B of zeros': zero,
  'line ends converted': convertLineEnds,
  'a byte lost': loseByte,
  'a sector twice': repeatSector,
  'bits flipped': flipBits,
  'halves swapped': swapHalves,
  'a stray 0xFF': putStrayMarkerByte,
  'cut between scans': cutBetweenScans,
};
