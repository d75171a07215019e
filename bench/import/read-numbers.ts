import { readFile } from 'node:fs/promises';

/** What numpy's `tofile` wrote of float32. */
export async function readFloats(path: string): Promise<Float32Array> {
  return new Float32Array(new Uint8Array(await readFile(path)).buffer);
}

/** What numpy's `tofile` wrote of int32. */
export async function readIntegers(path: string): Promise<Int32Array> {
  return new Int32Array(new Uint8Array(await readFile(path)).buffer);
}

/** Rows of a table that lies flat in memory. */
export function splitRows(values: Float32Array, count: number): Float32Array[] {
  const size = values.length / count;
  return Array.from({ length: count }, (_, row) => values.subarray(row * size, (row + 1) * size));
}
