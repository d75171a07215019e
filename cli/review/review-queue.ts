import { NearCopies } from './near-copies.ts';
import { orderByUse } from './order-by-use.ts';
import { type LeftOutPhoto, missing, type PreparedPhoto } from './prepare-photo.ts';
import type { AnsweredPhoto } from './read-results.ts';

export interface ReviewQueueParts {
  readonly photos: readonly AnsweredPhoto[];
  /** Where photos are looked for beside the place that the results name. */
  readonly folder: string | undefined;
  /** Whether a photo's file is there, without a look into it. */
  readonly mayFind: (photo: AnsweredPhoto) => boolean;
  readonly prepare: (photo: AnsweredPhoto) => Promise<PreparedPhoto | LeftOutPhoto>;
}

/** Which photo is looked at next; photos go by their positions in the results. */
export class ReviewQueue {
  readonly #parts: ReviewQueueParts;
  readonly #isKnown: (photo: PreparedPhoto) => boolean;
  /** The next one first. */
  #waiting: number[] = [];
  readonly #prepared = new Map<number, Promise<PreparedPhoto | LeftOutPhoto>>();
  readonly #leftOut = new Map<number, LeftOutPhoto>();
  readonly #known = new Set<number>();
  /** Put behind all others, as nearly the same picture was seen. */
  readonly #postponed = new Set<number>();
  readonly #seen = new NearCopies();

  /** @param isKnown whether it has been copied already, by this review or before it */
  constructor(parts: ReviewQueueParts, isKnown: (photo: PreparedPhoto) => boolean) {
    this.#parts = parts;
    this.#isKnown = isKnown;
    const { photos, folder, mayFind } = parts;
    for (const [position, photo] of photos.entries())
      if (!mayFind(photo)) this.#leftOut.set(position, missing(photo.name, folder));
    this.#waiting = orderByUse(photos).filter((position) => !this.#leftOut.has(position));
  }

  get waiting(): readonly number[] {
    return this.#waiting;
  }

  /** Photos that can't be shown, with the reason. */
  get leftOut(): ReadonlyMap<number, LeftOutPhoto> {
    return this.#leftOut;
  }

  /** How many photos were met that are copied already. */
  get knownCount(): number {
    return this.#known.size;
  }

  /** Puts behind all others what was said to be skipped, and lets go of what anything else was said of. */
  resume(skipped: ReadonlySet<number>, decided: ReadonlySet<number>): void {
    this.#waiting = [
      ...this.#waiting.filter((position) => !skipped.has(position) && !decided.has(position)),
      ...this.#waiting.filter((position) => skipped.has(position)),
    ];
  }

  /** Remembers a picture that a person has seen. */
  remember(fingerprint: bigint): void {
    this.#seen.add(fingerprint);
  }

  prepare(position: number): Promise<PreparedPhoto | LeftOutPhoto> {
    const known = this.#prepared.get(position);
    if (known !== undefined) return known;
    const prepared = this.#parts.prepare(this.#parts.photos[position] as AnsweredPhoto);
    this.#prepared.set(position, prepared);
    return prepared;
  }

  /** Leaves out what can't be shown or is known, and puts near copies behind, until one is there to look at. */
  async findNext(): Promise<{ readonly position: number; readonly prepared: PreparedPhoto } | undefined> {
    for (let position = this.#waiting[0]; position !== undefined; position = this.#waiting[0]) {
      const prepared = await this.prepare(position);
      if ('reason' in prepared) this.#leftOut.set(position, prepared);
      else if (this.#isKnown(prepared)) this.#known.add(position);
      else if (this.#isPostponed(position, prepared)) this.#waiting.push(position);
      else return { position, prepared };
      this.#dropFirst(position);
    }
    return undefined;
  }

  /** The first one was looked at, and something was said of it. */
  finishFirst({ fingerprint }: PreparedPhoto): void {
    const [position] = this.#waiting;
    if (position === undefined) return;
    this.remember(fingerprint);
    this.#dropFirst(position);
  }

  /** Shows a photo again, before all others. */
  bringBack(position: number): void {
    this.#known.delete(position);
    this.#postponed.add(position);
    this.#waiting = [position, ...this.#waiting.filter((other) => other !== position)];
  }

  /** Shows photos once more, behind what waits. */
  showAgain(positions: readonly number[]): void {
    for (const position of positions) this.#postponed.add(position);
    this.#waiting = [...new Set([...this.#waiting, ...positions])];
  }

  #dropFirst(position: number): void {
    this.#waiting.shift();
    this.#prepared.delete(position);
  }

  #isPostponed(position: number, { fingerprint }: PreparedPhoto): boolean {
    if (this.#postponed.has(position) || !this.#seen.has(fingerprint)) return false;
    this.#postponed.add(position);
    return true;
  }
}
