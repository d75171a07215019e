import { type Entry, fromFdPromise, type ZipFile } from 'yauzl';
import { ImportError } from '../import-error.ts';
import { type ByteSource, type FileSource, memorySource, sliceSource } from './byte-source.ts';

const storedMethod = 0;
const deflateMethod = 8;
const maximumEntries = 10_000;
/** Weights hardly shrink and JSON shrinks by 50; what claims more is made to fill the memory of whoever opens it. */
const maximumRatio = 200;
const largestInflatedInBytes = 2 ** 31 - 1;

/** The files of a zip by their names, opened one at a time. */
export interface ZipArchive {
  readonly names: readonly string[];
  /** Throws an {@link ImportError} where the file is missing, encrypted, damaged or larger than `maximumInBytes`. */
  open(name: string, maximumInBytes?: number): Promise<ByteSource>;
}

/** Reads the directory of a zip; throws an {@link ImportError} where it is damaged. */
export async function openZip(file: FileSource): Promise<ZipArchive> {
  const zip = await guard(() => fromFdPromise(file.descriptor, { autoClose: false, lazyEntries: true }));
  if (zip.entryCount > maximumEntries) throw damaged(`it lists ${zip.entryCount} files`);
  const entries = await guard(() => readEntries(zip));
  return {
    names: [...entries.keys()],
    open: async (name, maximumInBytes = largestInflatedInBytes) => {
      const entry = entries.get(name);
      if (entry === undefined) throw damaged(`${name} is missing from it`);
      if (entry.isEncrypted()) throw damaged(`${name} in it is encrypted`);
      if (entry.uncompressedSize > maximumInBytes) {
        throw damaged(`${name} in it takes ${entry.uncompressedSize} bytes, more than the ${maximumInBytes} allowed`);
      }
      return await guard(() => openEntry(file, zip, entry));
    },
  };
}

async function openEntry(file: FileSource, zip: ZipFile, entry: Entry): Promise<ByteSource> {
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  if (entry.compressionMethod === storedMethod) return sliceSource(file, fileDataStart, entry.uncompressedSize);
  if (entry.compressionMethod !== deflateMethod) {
    throw damaged(`${entry.fileName} in it is compressed by method ${entry.compressionMethod}`);
  }
  if (entry.uncompressedSize > maximumRatio * entry.compressedSize) {
    throw damaged(
      `${entry.fileName} in it claims to inflate ${entry.compressedSize} bytes to ${entry.uncompressedSize}`,
    );
  }
  const inflated = new Uint8Array(entry.uncompressedSize);
  let at = 0;
  // yauzl ends the stream with an error as soon as it inflates to more bytes than the entry claims.
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    inflated.set(chunk as Uint8Array, at);
    at += (chunk as Uint8Array).length;
  }
  return memorySource(inflated);
}

function readEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  });
}

/** yauzl tells damage by plain errors. */
async function guard<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (cause) {
    if (cause instanceof ImportError) throw cause;
    throw damaged(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function damaged(what: string, cause?: unknown): ImportError {
  return new ImportError(
    `The file is not a sound .keras archive: ${what}.`,
    'Save the model again with model.save("model.keras") and copy the file whole.',
    { cause },
  );
}
