import { program } from './program.ts';

/** Addresses of pictures in the browser's memory, fetched before they are needed. */
export class Pictures {
  readonly #sources = new Map<number, Promise<string>>();

  /** Rejects as the program does. */
  source(id: number): Promise<string> {
    const known = this.#sources.get(id);
    if (known !== undefined) return known;
    const source = program.photo(id).then((blob) => URL.createObjectURL(blob));
    this.#sources.set(id, source);
    // Asked again when it is looked at.
    source.catch(() => this.#sources.delete(id));
    return source;
  }

  prepare(ids: readonly number[]): void {
    // Whoever looks at it is told what is wrong.
    for (const id of ids) this.source(id).catch(() => undefined);
  }

  /** Lets go of all others. */
  keep(ids: readonly number[]): void {
    for (const [id, source] of this.#sources) {
      if (ids.includes(id)) continue;
      this.#sources.delete(id);
      source.then(URL.revokeObjectURL, () => undefined);
    }
  }
}
