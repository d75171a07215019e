import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import createEncoder from '@jsquash/webp/codec/enc/webp_enc.js';
import { defaultOptions } from '@jsquash/webp/meta.js';

export interface Rgba {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel. */
  readonly data: Uint8Array;
}

const encoder = fileURLToPath(import.meta.resolve('@jsquash/webp/codec/enc/webp_enc.wasm'));

/** A still WebP as libwebp writes it. */
export async function encodeWebp({ width, height, data }: Rgba, options: { lossless: boolean }): Promise<Buffer> {
  const module = await createEncoder({ noInitialRun: true, wasmBinary: await readFile(encoder) });
  const lossless = options.lossless ? 1 : 0;
  const webp = module.encode(data, width, height, { ...defaultOptions, quality: 90, lossless, exact: lossless });
  if (!webp) throw new Error('libwebp refused to encode');
  return Buffer.from(webp);
}

export function riffChunk(name: string, data: Uint8Array): Buffer {
  const chunk = Buffer.alloc(8 + data.length + (data.length % 2));
  chunk.write(name, 'latin1');
  chunk.writeUInt32LE(data.length, 4);
  chunk.set(data, 8);
  return chunk;
}

export function webpFile(...chunks: Uint8Array[]): Buffer {
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...chunks]);
  return riffChunk('RIFF', body);
}

/** The chunks of a WebP as they stand in the file, headers included. */
export function webpChunks(webp: Buffer): { name: string; bytes: Buffer }[] {
  const chunks: { name: string; bytes: Buffer }[] = [];
  for (let at = 12; at < webp.length; ) {
    const size = webp.readUInt32LE(at + 4);
    const end = at + 8 + size + (size % 2);
    chunks.push({ name: webp.toString('latin1', at, at + 4), bytes: webp.subarray(at, end) });
    at = end;
  }
  return chunks;
}

/** VP8X: the extended header, with flags for alpha (0x10), EXIF (0x08) and animation (0x02). */
export function extendedHeader(width: number, height: number, flags: number): Buffer {
  const header = Buffer.alloc(10);
  header[0] = flags;
  header.writeUIntLE(width - 1, 4, 3);
  header.writeUIntLE(height - 1, 7, 3);
  return riffChunk('VP8X', header);
}
