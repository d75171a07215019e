import { relative } from 'node:path';
import { showName } from '../terminal/show-controls.ts';
import { listLabels, spellLabel } from './list-labels.ts';
import { NearCopies } from './near-copies.ts';
import { orderByUse } from './order-by-use.ts';
import type { PhotoStore } from './photo-store.ts';
import { type LeftOutPhoto, missing, type PreparedPhoto } from './prepare-photo.ts';
import type { AnsweredPhoto } from './read-results.ts';
import type { Decision, ReviewJournal } from './review-journal.ts';
import type { ReviewAnswer, ReviewCounts, ReviewState, SaidOfPhoto } from './review-state.ts';

export interface ReviewParts {
  /** The file that the photos come from, as a person named it. */
  readonly results: string;
  readonly photos: readonly AnsweredPhoto[];
  /** Where photos are looked for beside the place that the results name. */
  readonly folder: string | undefined;
  /** Whether a photo's file is there, without a look into it. */
  readonly mayFind: (photo: AnsweredPhoto) => boolean;
  readonly prepare: (photo: AnsweredPhoto) => Promise<PreparedPhoto | LeftOutPhoto>;
  readonly journal: ReviewJournal;
  /** Where photos of labels go, and where those of none of them. */
  readonly into: PhotoStore;
  readonly others: PhotoStore;
}

const preparedAhead = 2;
const mostLeftOutShown = 50;

/** One person's way through the photos. Its calls take turns. */
export class ReviewSession {
  readonly #parts: ReviewParts;
  readonly #labels: string[];
  /** Positions of photos, the next one first. */
  #waiting: number[];
  readonly #positions: ReadonlyMap<string, number>;
  readonly #prepared = new Map<number, Promise<PreparedPhoto | LeftOutPhoto>>();
  readonly #leftOut = new Map<number, LeftOutPhoto>();
  readonly #known = new Set<number>();
  /** Put behind all others, as nearly the same picture was seen. */
  readonly #postponed = new Set<number>();
  readonly #seen = new NearCopies();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: ReviewParts) {
    this.#parts = parts;
    const { photos, folder, mayFind, journal, into } = parts;
    this.#positions = new Map(photos.map(({ name }, position) => [name, position]));
    for (const [position, photo] of photos.entries())
      if (!mayFind(photo)) this.#leftOut.set(position, missing(photo.name, folder));
    this.#labels = listLabels(into, photos);
    const kinds = this.#lastKinds();
    for (const { fingerprint } of journal.decisions) this.#seen.add(BigInt(`0x${fingerprint}`));
    const order = orderByUse(photos).filter((position) => !this.#leftOut.has(position));
    // What was skipped comes again, behind all others.
    this.#waiting = [
      ...order.filter((position) => !kinds.has(position)),
      ...order.filter((position) => kinds.get(position) === 'skip'),
    ];
  }

  state(): Promise<ReviewState> {
    return this.#inTurn(() => this.#describe());
  }

  /** The picture of a photo; undefined where it can't be shown. */
  async preview(id: number): Promise<Uint8Array | undefined> {
    if (this.#parts.photos[id] === undefined || this.#leftOut.has(id)) return undefined;
    const prepared = await this.#prepare(id);
    return 'reason' in prepared ? undefined : prepared.preview;
  }

  /**
   * Does what a person said of a photo: a copy, or nothing. What is said of another photo than the one that is shown, such as by a
   * key that was pressed twice, does nothing.
   * @throws CliError for what can't be done, and then the same photo stays
   */
  say(said: SaidOfPhoto): Promise<ReviewAnswer> {
    return this.#inTurn(async () => {
      const { id } = said;
      if (this.#waiting[0] !== id) return this.#answer('');
      const prepared = await this.#prepare(id);
      if ('reason' in prepared) return this.#answer('');
      const { name } = this.#parts.photos[id] as AnsweredPhoto;
      const decision = { name, sha256: prepared.sha256, fingerprint: prepared.fingerprint.toString(16) };
      const done = await this.#keep(decision, said, prepared);
      this.#seen.add(prepared.fingerprint);
      this.#waiting.shift();
      this.#prepared.delete(id);
      return this.#answer(done);
    });
  }

  /** Takes the last decision back, of an earlier sitting too: its photo is shown again. */
  undo(): Promise<ReviewAnswer> {
    return this.#inTurn(async () => {
      const last = this.#parts.journal.decisions.at(-1);
      if (last === undefined) return this.#answer('There is nothing to undo.');
      const store = last.kind === 'none' ? this.#parts.others : this.#parts.into;
      const isGone = last.copy === undefined || (await store.takeBack(last.copy, last.sha256));
      this.#parts.journal.undo();
      const position = this.#positionOf(last);
      if (position !== undefined) {
        this.#known.delete(position);
        this.#postponed.add(position);
        this.#waiting = [position, ...this.#waiting.filter((other) => other !== position)];
      }
      const copy =
        last.copy === undefined ? '' : isGone ? ', the copy removed' : ', but its copy was changed and stays';
      return this.#answer(`Undone${copy}.`);
    });
  }

  /** Shows what was skipped once more, behind what waits. */
  again(): Promise<ReviewAnswer> {
    return this.#inTurn(() => {
      const skipped = [...this.#lastKinds()].filter(([, kind]) => kind === 'skip').map(([position]) => position);
      for (const position of skipped) this.#postponed.add(position);
      this.#waiting = [...new Set([...this.#waiting, ...skipped])];
      return this.#answer('');
    });
  }

  /** Lets another review have the record of the decisions. */
  close(): void {
    this.#parts.journal.close();
  }

  get counts(): ReviewCounts {
    const kinds = this.#lastKinds();
    // What comes again is not behind anybody.
    for (const position of this.#waiting) kinds.delete(position);
    const count = (kind: Decision['kind']) => [...kinds.values()].filter((other) => other === kind).length;
    const [labelled, none, skipped] = [count('label'), count('none'), count('skip')];
    const leftOut = this.#leftOut.size;
    const known = this.#known.size;
    return { all: this.#parts.photos.length - leftOut - known, labelled, none, skipped, leftOut, known };
  }

  async #keep(
    decision: Omit<Decision, 'kind'>,
    { label, none }: SaidOfPhoto,
    prepared: PreparedPhoto,
  ): Promise<string> {
    const { journal, into, others } = this.#parts;
    if (label === undefined && none === undefined) {
      journal.add({ ...decision, kind: 'skip' });
      return 'Skipped.';
    }
    const folder = label === undefined ? '' : spellLabel(label, this.#labels);
    const store = label === undefined ? others : into;
    const { path, isNew } = await store.put(folder, await prepared.read());
    try {
      const copy = isNew && { copy: path };
      journal.add(
        label === undefined
          ? { ...decision, kind: 'none', ...copy }
          : { ...decision, kind: 'label', label: folder, ...copy },
      );
    } catch (error) {
      // What is not written down is not done.
      if (isNew) await store.takeBack(path, prepared.sha256);
      throw error;
    }
    if (folder !== '' && !this.#labels.includes(folder)) this.#labels.push(folder);
    const where = label === undefined ? 'the photos of other things' : showName(folder);
    return isNew ? `Copied to ${where}.` : `It was among ${where} already.`;
  }

  async #answer(done: string): Promise<ReviewAnswer> {
    return { state: await this.#describe(), done };
  }

  async #describe(): Promise<ReviewState> {
    const shown = await this.#findNext();
    const next = this.#waiting.slice(1, 1 + preparedAhead);
    // Not waited for.
    for (const id of next) this.#prepare(id).catch(() => undefined);
    const { results, into, others, photos, journal } = this.#parts;
    return {
      results: showName(results),
      into: showPlace(into),
      others: showPlace(others),
      labels: this.#labels.map((name) => ({ name, photos: into.folders.get(name) ?? 0 })),
      ...(shown !== undefined && { photo: shown }),
      next,
      counts: this.counts,
      leftOut: [...this.#leftOut].slice(0, mostLeftOutShown).map(([position, { sentence }]) => ({
        name: showName(photos[position]?.name ?? ''),
        sentence,
      })),
      canUndo: journal.decisions.length > 0,
    };
  }

  /** Leaves out what can't be shown or is known, and puts near copies behind, until one is there to look at. */
  async #findNext(): Promise<ReviewState['photo']> {
    for (let id = this.#waiting[0]; id !== undefined; id = this.#waiting[0]) {
      const prepared = await this.#prepare(id);
      if ('reason' in prepared) this.#leftOut.set(id, prepared);
      else if (this.#isKnown(prepared)) this.#known.add(id);
      else if (this.#isPostponed(id, prepared)) this.#waiting.push(id);
      else {
        const { name, verdict, predictions } = this.#parts.photos[id] as AnsweredPhoto;
        return { id, name: showName(name), verdict, predictions, width: prepared.width, height: prepared.height };
      }
      this.#waiting.shift();
      this.#prepared.delete(id);
    }
    return undefined;
  }

  #isKnown({ sha256, sizeInBytes }: PreparedPhoto): boolean {
    const { into, others } = this.#parts;
    return [into, others].some((store) => store.find({ sha256, sizeInBytes }) !== undefined);
  }

  #isPostponed(id: number, { fingerprint }: PreparedPhoto): boolean {
    if (this.#postponed.has(id) || !this.#seen.has(fingerprint)) return false;
    this.#postponed.add(id);
    return true;
  }

  /** What was said last of each photo that anything was said of. */
  #lastKinds(): Map<number, Decision['kind']> {
    const kinds = new Map<number, Decision['kind']>();
    for (const decision of this.#parts.journal.decisions) {
      const position = this.#positionOf(decision);
      if (position !== undefined) kinds.set(position, decision.kind);
    }
    return kinds;
  }

  #prepare(id: number): Promise<PreparedPhoto | LeftOutPhoto> {
    const known = this.#prepared.get(id);
    if (known !== undefined) return known;
    const prepared = this.#parts.prepare(this.#parts.photos[id] as AnsweredPhoto);
    this.#prepared.set(id, prepared);
    return prepared;
  }

  /** Undefined where the results no longer have it, or have another photo by that name. */
  #positionOf({ name, sha256 }: Pick<Decision, 'name' | 'sha256'>): number | undefined {
    const position = this.#positions.get(name);
    if (position === undefined) return undefined;
    const answered = this.#parts.photos[position]?.sha256;
    return answered === undefined || answered === sha256 ? position : undefined;
  }

  #inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

/** From here, as a person at the terminal sees it. */
function showPlace({ directory }: PhotoStore): string {
  return showName(relative(process.cwd(), directory) || '.');
}
