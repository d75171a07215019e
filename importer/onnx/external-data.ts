import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, resolve, sep } from 'node:path';
import { FileError } from '../../files/file-error.ts';
import { describeCause, isSystemError } from '../../files/system-reason.ts';
import { type FileSource, openFileSource } from '../container/byte-source.ts';
import { ImportError } from '../import-error.ts';

/** Where a tensor's bytes lie outside the .onnx file, in the words of that file. */
export interface ExternalRange {
  readonly location: string;
  readonly offset: string | undefined;
  readonly length: string | undefined;
}

/** How often the bytes of all files together may be read: a layer or two may share their weights, not hundreds. */
const mostReadings = 2;

interface TakenRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The files beside an .onnx file that hold its larger tensors. A range has to lie within its file, and a byte may be part
 * of one range alone, so that a small file cannot stand for many large tensors; the very same range may be used again.
 */
export class ExternalData {
  readonly #folder: string;
  readonly #modelName: string;
  readonly #files = new Map<string, FileSource>();
  /** In order, for each file. */
  readonly #taken = new Map<string, TakenRange[]>();
  #sizeInBytes = 0;
  #readInBytes = 0;

  /** @param modelFile path of the .onnx file, to whose folder locations are relative */
  constructor(modelFile: string) {
    this.#folder = dirname(resolve(modelFile));
    this.#modelName = basename(modelFile);
  }

  /** `sizeInBytes` bytes of a tensor. Throws an {@link ImportError} where the range is not there or is another's. */
  read(range: ExternalRange, sizeInBytes: number, tensor: string): Uint8Array {
    const path = this.#resolve(range.location, tensor);
    const file = this.#open(path, range.location, tensor);
    const start = readNumber(range.offset, 0, tensor);
    const length = readNumber(range.length, sizeInBytes, tensor);
    if (length !== sizeInBytes) {
      throw damaged(
        `The tensor ${tensor} has ${length} bytes in ${range.location} where its shape needs ${sizeInBytes}`,
      );
    }
    if (start + length > file.sizeInBytes) {
      throw damaged(`The tensor ${tensor} lies past the end of ${range.location}, which has ${file.sizeInBytes} bytes`);
    }
    this.#take(path, { start, end: start + length }, tensor);
    this.#readInBytes += length;
    if (this.#readInBytes > mostReadings * this.#sizeInBytes) throw damaged('Many tensors share the same bytes');
    const bytes = new Uint8Array(length);
    file.read(bytes, start);
    return bytes;
  }

  close(): void {
    for (const file of this.#files.values()) file.close();
    this.#files.clear();
  }

  #resolve(location: string, tensor: string): string {
    const path = resolve(this.#folder, location);
    const isPlain =
      location !== '' && !isAbsolute(location) && !location.includes('\0') && isInside(this.#folder, path);
    if (isPlain) return path;
    throw outside(tensor);
  }

  #open(path: string, location: string, tensor: string): FileSource {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    try {
      // A link may lead out of the folder where a name does not.
      if (!isInside(realpathSync(this.#folder), realpathSync(path))) throw outside(tensor);
      const file = openFileSource(path);
      this.#files.set(path, file);
      this.#sizeInBytes += file.sizeInBytes;
      return file;
    } catch (cause) {
      if (cause instanceof ImportError) throw cause;
      const isMissing = isSystemError(cause) && cause.code === 'ENOENT';
      throw new ImportError(
        isMissing
          ? `The model's weights are kept in ${location}, and there is no such file beside ${this.#modelName}.`
          : `The model's weights are kept in ${location}, which cannot be read: ${cause instanceof FileError ? cause.complaint : describeCause(cause)}.`,
        `The exporter wrote both files: keep them together in ${this.#folder}, under the names that they were exported with.`,
        { cause },
      );
    }
  }

  #take(path: string, range: TakenRange, tensor: string): void {
    const taken = this.#taken.get(path) ?? [];
    this.#taken.set(path, taken);
    const at = firstFrom(taken, range.start);
    const [before, after] = [taken[at - 1], taken[at]];
    if (after?.start === range.start && after.end === range.end) return;
    if ((before !== undefined && before.end > range.start) || (after !== undefined && after.start < range.end)) {
      throw damaged(`The tensor ${tensor} shares some of its bytes with another tensor`);
    }
    taken.splice(at, 0, range);
  }
}

/** The place of the first range that begins at `start` or later. */
function firstFrom(ranges: readonly TakenRange[], start: number): number {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((ranges[middle] as TakenRange).start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isInside(folder: string, path: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function readNumber(text: string | undefined, otherwise: number, tensor: string): number {
  if (text === undefined) return otherwise;
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw damaged(`The tensor ${tensor} has no sound place in its file`);
}

function outside(tensor: string): ImportError {
  return new ImportError(
    `The tensor ${tensor} is kept in a file outside the model's folder.`,
    'Only files beside the .onnx file are read: export the model again, or keep its data beside it.',
  );
}

function damaged(message: string): ImportError {
  return new ImportError(`${message}.`, 'The .onnx file and its data do not belong together; export the model again.');
}
