import { posix } from 'node:path';
import type { TarEntry } from './tar-archive.ts';

/** A file of an image. */
export interface ImageFile {
  readonly mode: number;
  readonly bytes: Uint8Array;
}

const maximumLinks = 40;

/** What layers, one over the other, leave of files and links: see https://github.com/opencontainers/image-spec, layer.md. */
export class LayeredFiles {
  readonly #entries = new Map<string, TarEntry>();

  /**
   * Puts one more layer over those before.
   * @param isWanted of which paths the content is kept
   */
  add(layer: Iterable<TarEntry>, isWanted: (path: string) => boolean): void {
    const added: TarEntry[] = [];
    for (const entry of layer) {
      const name = posix.basename(entry.path);
      const directory = posix.dirname(entry.path);
      if (name === '.wh..wh..opq') this.#remove(directory, false);
      else if (name.startsWith('.wh.')) this.#remove(posix.join(directory, name.slice(4)), true);
      else if (entry.kind !== 'directory' && (entry.kind === 'link' || isWanted(entry.path))) added.push(entry);
    }
    // After what the layer takes away: that concerns the layers below alone.
    for (const entry of added) this.#entries.set(entry.path, entry);
  }

  /** The file at a path, behind whatever links lead there. */
  find(path: string): ImageFile | undefined {
    let wanted = path;
    for (let links = 0; links < maximumLinks; links++) {
      const entry = this.#entries.get(wanted);
      if (entry?.kind === 'file') return entry;
      const next = entry?.kind === 'link' ? targetOf(entry) : this.#throughDirectory(wanted);
      if (next === undefined) return undefined;
      wanted = next;
    }
    return undefined;
  }

  /** Paths that begin like this; links that lead nowhere among them. */
  list(prefix: string): string[] {
    return [...this.#entries.keys()].filter((path) => path.startsWith(prefix)).sort();
  }

  /** Where a path leads whose directory is a link, such as `lib` into `usr/lib`. */
  #throughDirectory(path: string): string | undefined {
    const parts = path.split('/');
    for (let length = 1; length < parts.length; length++) {
      const entry = this.#entries.get(parts.slice(0, length).join('/'));
      if (entry?.kind === 'link') return posix.join(targetOf(entry), ...parts.slice(length));
    }
    return undefined;
  }

  #remove(path: string, withItself: boolean): void {
    for (const each of [...this.#entries.keys()]) {
      if ((withItself && each === path) || each.startsWith(`${path}/`) || path === '.') this.#entries.delete(each);
    }
  }
}

/** Hard links name their target from the root; others from where they lie, and never lead out of the root. */
function targetOf({ path, target, isHard }: Extract<TarEntry, { kind: 'link' }>): string {
  const from = isHard ? '/' : posix.join('/', posix.dirname(path));
  return posix.resolve(from, target).slice(1);
}
