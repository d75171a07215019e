import { relative } from 'node:path';
import { showName } from '../terminal/show-controls.ts';
import { listLabels, spellLabel } from './list-labels.ts';
import type { PhotoStore } from './photo-store.ts';
import type { PreparedPhoto } from './prepare-photo.ts';
import type { AnsweredPhoto } from './read-results.ts';
import type { Decision, ReviewJournal } from './review-journal.ts';
import { ReviewQueue, type ReviewQueueParts } from './review-queue.ts';
import type { ReviewAnswer, ReviewCounts, ReviewState, SaidOfPhoto } from './review-state.ts';

export interface ReviewParts extends ReviewQueueParts {
  /** The file that the photos come from, as a person named it. */
  readonly results: string;
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
  readonly #positions: ReadonlyMap<string, number>;
  readonly #queue: ReviewQueue;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: ReviewParts) {
    this.#parts = parts;
    const { photos, journal, into, others } = parts;
    this.#positions = new Map(photos.map(({ name }, position) => [name, position]));
    this.#labels = listLabels(into, photos);
    this.#queue = new ReviewQueue(parts, ({ sha256, sizeInBytes }) =>
      [into, others].some((store) => store.find({ sha256, sizeInBytes }) !== undefined),
    );
    for (const { fingerprint } of journal.decisions) this.#queue.remember(BigInt(`0x${fingerprint}`));
    // What was skipped comes again.
    this.#queue.resume(new Set(this.#skipped()), new Set(this.#lastKinds().keys()));
  }

  state(): Promise<ReviewState> {
    return this.#inTurn(() => this.#describe());
  }

  /** The picture of a photo; undefined where it can't be shown. */
  async preview(id: number): Promise<Uint8Array | undefined> {
    if (this.#parts.photos[id] === undefined || this.#queue.leftOut.has(id)) return undefined;
    const prepared = await this.#queue.prepare(id);
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
      if (this.#queue.waiting[0] !== id) return this.#answer('');
      const prepared = await this.#queue.prepare(id);
      if ('reason' in prepared) return this.#answer('');
      const { name } = this.#parts.photos[id] as AnsweredPhoto;
      const decision = { name, sha256: prepared.sha256, fingerprint: prepared.fingerprint.toString(16) };
      const done = await this.#keep(decision, said, prepared);
      this.#queue.finishFirst(prepared);
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
      if (position !== undefined) this.#queue.bringBack(position);
      const copy =
        last.copy === undefined ? '' : isGone ? ', the copy removed' : ', but its copy was changed and stays';
      return this.#answer(`Undone${copy}.`);
    });
  }

  /** Shows what was skipped once more, behind what waits. */
  again(): Promise<ReviewAnswer> {
    return this.#inTurn(() => {
      this.#queue.showAgain(this.#skipped());
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
    for (const position of this.#queue.waiting) kinds.delete(position);
    const count = (kind: Decision['kind']) => [...kinds.values()].filter((other) => other === kind).length;
    const [labelled, none, skipped] = [count('label'), count('none'), count('skip')];
    const leftOut = this.#queue.leftOut.size;
    const known = this.#queue.knownCount;
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
    const next = this.#queue.waiting.slice(1, 1 + preparedAhead);
    // Not waited for.
    for (const id of next) this.#queue.prepare(id).catch(() => undefined);
    const { results, into, others, photos, journal } = this.#parts;
    return {
      results: showName(results),
      into: showPlace(into),
      others: showPlace(others),
      labels: this.#labels.map((name) => ({ name, photos: into.folders.get(name) ?? 0 })),
      ...(shown !== undefined && { photo: shown }),
      next,
      counts: this.counts,
      leftOut: [...this.#queue.leftOut].slice(0, mostLeftOutShown).map(([position, { sentence }]) => ({
        name: showName(photos[position]?.name ?? ''),
        sentence,
      })),
      canUndo: journal.decisions.length > 0,
    };
  }

  async #findNext(): Promise<ReviewState['photo']> {
    const found = await this.#queue.findNext();
    if (found === undefined) return undefined;
    const { position: id, prepared } = found;
    const { name, verdict, predictions } = this.#parts.photos[id] as AnsweredPhoto;
    return { id, name: showName(name), verdict, predictions, width: prepared.width, height: prepared.height };
  }

  /** Positions of photos that were skipped, and nothing else said of them since. */
  #skipped(): number[] {
    return [...this.#lastKinds()].filter(([, kind]) => kind === 'skip').map(([position]) => position);
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
