import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type FileLock, lockFile } from '../../files/lock-file.ts';

/** What is known of a photo's bytes once a body has seen them. */
export interface PhotoFacts {
  /** Of the picture, see `fingerprint`. */
  readonly fingerprint: bigint;
  readonly features: Float32Array;
}

const hashInBytes = 32;
const fingerprintInBytes = 8;
const indexEntryInBytes = hashInBytes + fingerprintInBytes;

/**
 * The features of photos by the SHA-256 of their bytes, in two files that grow record by record: what is done stays done
 * when the program is ended, and half a record at the end is forgotten. One body a name.
 */
export class FeatureCache {
  readonly #lock: FileLock;
  readonly #index: number;
  readonly #values: number;
  readonly #length: number;
  /** Hexadecimal hash → the record's place, and the fingerprint. */
  readonly #records = new Map<string, { readonly at: number; readonly fingerprint: bigint }>();

  /**
   * @param length how many numbers a record has
   * @throws FileError while another training uses it; what the file system throws for a folder that can't be written
   */
  constructor(directory: string, name: string, length: number) {
    mkdirSync(directory, { recursive: true });
    const path = join(directory, name);
    this.#length = length;
    this.#lock = lockFile(path);
    this.#index = openSync(`${path}.index`, 'a+');
    this.#values = openSync(`${path}.features`, 'a+');
    this.#readIndex();
  }

  get hashes(): readonly string[] {
    return [...this.#records.keys()];
  }

  fingerprint(hash: string): bigint | undefined {
    return this.#records.get(hash)?.fingerprint;
  }

  get(hash: string): PhotoFacts | undefined {
    const features = new Float32Array(this.#length);
    const fingerprint = this.read(hash, features);
    return fingerprint === undefined ? undefined : { fingerprint, features };
  }

  /** As {@link get}, into an array of the same length: a hundred thousand records leave no garbage. */
  read(hash: string, features: Float32Array<ArrayBuffer>): bigint | undefined {
    const record = this.#records.get(hash);
    if (record === undefined) return undefined;
    const bytes = new Uint8Array(features.buffer, features.byteOffset, features.byteLength);
    readAll(this.#values, bytes, record.at * this.#recordInBytes);
    return record.fingerprint;
  }

  set(hash: string, { fingerprint, features }: PhotoFacts): void {
    if (this.#records.has(hash)) return;
    const entry = Buffer.alloc(indexEntryInBytes);
    entry.write(hash, 'hex');
    entry.writeBigUInt64LE(fingerprint, hashInBytes);
    // The index last: a record counts from then on.
    writeAll(this.#values, new Uint8Array(features.buffer, features.byteOffset, features.byteLength));
    writeAll(this.#index, entry);
    this.#records.set(hash, { at: this.#records.size, fingerprint });
  }

  close(): void {
    closeSync(this.#index);
    closeSync(this.#values);
    this.#lock.release();
  }

  get #recordInBytes(): number {
    return this.#length * Float32Array.BYTES_PER_ELEMENT;
  }

  #readIndex(): void {
    const count = Math.min(
      Math.floor(fstatSync(this.#index).size / indexEntryInBytes),
      Math.floor(fstatSync(this.#values).size / this.#recordInBytes),
    );
    ftruncateSync(this.#index, count * indexEntryInBytes);
    ftruncateSync(this.#values, count * this.#recordInBytes);
    const entries = Buffer.alloc(count * indexEntryInBytes);
    readAll(this.#index, entries, 0);
    for (let at = 0; at < count; at++) {
      const entry = entries.subarray(at * indexEntryInBytes, (at + 1) * indexEntryInBytes);
      this.#records.set(entry.toString('hex', 0, hashInBytes), { at, fingerprint: entry.readBigUInt64LE(hashInBytes) });
    }
  }
}

function readAll(file: number, target: Uint8Array, from: number): void {
  for (let at = 0; at < target.length; ) {
    const count = readSync(file, target, at, target.length - at, from + at);
    if (count === 0) throw new RangeError('The cache of features was cut short while it was read.');
    at += count;
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}
