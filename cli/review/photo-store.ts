import { hash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { copyFile, link, lstat, mkdir, readdir, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { compareNames } from '../../files/compare-names.ts';
import { FileError } from '../../files/file-error.ts';
import { maximumPhotoFileSizeInBytes } from '../../files/file-limits.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import { describeSystemError, isSystemError } from '../../files/system-reason.ts';
import { CliError } from '../cli-error.ts';
import { isPhotoName } from '../photos/find-photos.ts';

/** A photo's bytes, and what names them. */
export interface PhotoContent {
  readonly bytes: Uint8Array;
  /** Hexadecimal SHA-256. */
  readonly sha256: string;
  /** With its dot: of what the bytes are, whatever the file was called. */
  readonly extension: string;
}

export interface StoredCopy {
  /** Below the store. */
  readonly path: string;
  /** Whether it was written now. */
  readonly isNew: boolean;
}

// So many hexadecimal digits no two photos share.
const digitsInName = 32;

/**
 * A folder of photos that grows: what is put into it bears the name of its content, so that nothing is there twice, and nothing
 * that is there is ever overwritten.
 */
export class PhotoStore {
  readonly directory: string;
  /** Paths below the store, by size: only files of one size can be the same. */
  readonly #bySize: Map<number, string[]>;
  readonly #labels: Map<string, number>;
  readonly #madeFolders = new Set<string>();

  private constructor(
    directory: string,
    folders: readonly string[],
    files: Iterable<readonly [path: string, sizeInBytes: number]>,
  ) {
    this.directory = directory;
    this.#bySize = new Map();
    this.#labels = new Map(folders.map((folder) => [folder, 0]));
    for (const [path, sizeInBytes] of files) this.#remember(path, sizeInBytes);
  }

  /**
   * @param directory may be missing: it is made when the first photo is put into it
   * @throws CliError for what is there and no folder, or not to be read
   */
  static async open(directory: string): Promise<PhotoStore> {
    const files: [string, number][] = [];
    const folders: string[] = [];
    const facts = await stat(directory).catch(undefinedIfMissing);
    if (facts !== undefined) await list(directory, directory, files, folders);
    return new PhotoStore(directory, folders, files);
  }

  /** Names of the folders in it, hidden ones left out, with how many photos lie in each. */
  get folders(): ReadonlyMap<string, number> {
    return this.#labels;
  }

  /** Where the same bytes lie already, below the store. */
  find({ sha256, sizeInBytes }: { readonly sha256: string; readonly sizeInBytes: number }): string | undefined {
    return this.#bySize.get(sizeInBytes)?.find((path) => this.#holds(path, sha256));
  }

  /**
   * Puts a photo into a folder of the store, or right into it where the folder's name is empty.
   * @param folder a name that `explainFolderName` has nothing against, or one that is there
   * @throws CliError where the folder is a link or a file, another photo has the name, or the system refuses it
   */
  async put(folder: string, content: PhotoContent): Promise<StoredCopy> {
    const path = join(folder, content.sha256.slice(0, digitsInName) + content.extension);
    try {
      await this.#makeFolder(folder);
      const isNew = await writeOnce(join(this.directory, path), content.bytes);
      if (!isNew && !this.#holds(path, content.sha256)) {
        throw new CliError(
          `${join(this.directory, path)} bears this photo's name and holds something else.`,
          'Move that file away.',
        );
      }
      if (isNew) this.#remember(path, content.bytes.length);
      return { path, isNew };
    } catch (cause) {
      if (!isSystemError(cause)) throw cause;
      throw new CliError(
        `The photo cannot be copied into ${join(this.directory, folder)}: ${describeSystemError(cause)}.`,
        'Mend that, then give the label again: nothing is lost.',
        { cause },
      );
    }
  }

  /** Takes a copy away again. Says false, and leaves it, where it holds other bytes by now, or is none of this store's. */
  async takeBack(path: string, sha256: string): Promise<boolean> {
    const parts = path.split(/[\\/]/);
    const isCopy = parts.length <= 2 && parts[0] !== '..' && parts.at(-1)?.startsWith(sha256.slice(0, digitsInName));
    if (!isCopy || !this.#holds(path, sha256)) return false;
    const file = join(this.directory, path);
    const { size } = await stat(file);
    await rm(file);
    this.#bySize.set(
      size,
      (this.#bySize.get(size) ?? []).filter((other) => other !== path),
    );
    const folder = folderOf(path);
    const left = (this.#labels.get(folder) ?? 1) - 1;
    this.#labels.set(folder, left);
    if (this.#madeFolders.has(folder) && left === 0) await removeIfEmpty(join(this.directory, folder));
    return true;
  }

  #remember(path: string, sizeInBytes: number): void {
    const same = this.#bySize.get(sizeInBytes);
    if (same === undefined) this.#bySize.set(sizeInBytes, [path]);
    else same.push(path);
    const folder = folderOf(path);
    if (folder !== '') this.#labels.set(folder, (this.#labels.get(folder) ?? 0) + 1);
  }

  #holds(path: string, sha256: string): boolean {
    try {
      const bytes = readPlainFile(join(this.directory, path), maximumPhotoFileSizeInBytes);
      return hash('sha256', bytes) === sha256;
    } catch (error) {
      // Gone or not to be read: nothing that would be there twice.
      if (error instanceof FileError) return false;
      throw error;
    }
  }

  /** One level below the store, and a folder of its own: a link would lead elsewhere. */
  async #makeFolder(folder: string): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    if (folder === '') return;
    const path = join(this.directory, folder);
    if (relative(this.directory, path) !== folder || folder.includes(sep)) {
      throw new CliError(`"${folder}" is no name for a folder in ${this.directory}.`, 'Choose another label.');
    }
    const facts: Stats | undefined = await lstat(path).catch(undefinedIfMissing);
    if (facts === undefined) {
      await mkdir(path);
      this.#madeFolders.add(folder);
    } else if (!facts.isDirectory()) {
      throw new CliError(
        `${path} is ${facts.isSymbolicLink() ? 'a link' : 'a file'}, not a folder.`,
        'Photos of a label go into a folder of its own: move what is there away.',
      );
    }
  }
}

/** Whole or not at all, and never over what is there; says whether it was written. */
async function writeOnce(path: string, bytes: Uint8Array): Promise<boolean> {
  const part = join(path, '..', `.${process.pid}${extname(path)}.part`);
  await writeFile(part, bytes);
  try {
    await link(part, path).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw error;
      // Cards and sticks have no second names for a file.
      await copyFile(part, path, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(part, { force: true });
  }
}

async function list(root: string, directory: string, files: [string, number][], folders: string[]): Promise<void> {
  for (const entry of await readFolder(directory)) {
    if (entry.name.startsWith('.')) continue;
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      if (directory === root) folders.push(entry.name);
      await list(root, path, files, folders);
    } else if (isPhotoName(entry.name)) {
      const facts = await stat(path).catch(undefinedIfMissing);
      if (facts?.isFile()) files.push([relative(root, path), facts.size]);
    }
  }
}

async function readFolder(directory: string) {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.sort(compareNames);
  } catch (cause) {
    throw new CliError(
      `The folder ${directory} cannot be read.`,
      'Check that it is a folder and that you may read it.',
      {
        cause,
      },
    );
  }
}

function folderOf(path: string): string {
  const parts = path.split(sep);
  return parts.length > 1 ? (parts[0] as string) : '';
}

async function removeIfEmpty(directory: string): Promise<void> {
  await rmdir(directory).catch((error: unknown) => {
    if (!isSystemError(error)) throw error;
  });
}

function undefinedIfMissing(error: unknown): undefined {
  if (isSystemError(error) && ['ENOENT', 'ENOTDIR'].includes(error.code)) return undefined;
  throw error;
}
