import type { HealthBody } from '../../../facts/answers.ts';
import { arrange } from './arrange.ts';
import { element } from './element.ts';
import type { Choice } from './entry.ts';
import { Overview, type View } from './overview.ts';
import { PhotoCard } from './photo-card.ts';
import { type AskedPhoto, PhotoEntry } from './photo-entry.ts';
import { showInOrder } from './show-in-order.ts';
import { TableRow } from './table-row.ts';
import { percent, verdictWords } from './words.ts';

/** Above this a table shows more than cards do. */
const mostPhotosAsCards = 60;
/** Few answers are said aloud one by one; of many, the counts are. */
const mostPhotosSaid = 3;
/** Label, probability and verdict take so much. */
const answerInPx = 110;
const everythingAsDropped: Choice = { order: 'dropped', verdict: 'all', label: '' };

export interface GalleryParts {
  readonly work: (entry: PhotoEntry) => void;
  readonly health: () => HealthBody | undefined;
  /** Where the focus goes when nothing is left. */
  readonly focusWhenEmpty: () => void;
}

/** All photos of the page with their answers: as cards or as a table. */
export class Gallery {
  readonly #parts: GalleryParts;
  readonly #overview: Overview;
  readonly #cards = element(document, '#cards', HTMLUListElement);
  readonly #table = element(document, '#table', HTMLElement);
  readonly #rows = element(document, '#rows', HTMLElement);
  readonly #template = element(document, '#card-template', HTMLTemplateElement);
  readonly #said = element(document, '#said', HTMLElement);
  readonly #cardOf = new Map<PhotoEntry, PhotoCard>();
  readonly #rowOf = new Map<PhotoEntry, TableRow>();
  #entries: readonly PhotoEntry[] = [];
  #choice = everythingAsDropped;
  #view: View = 'cards';
  #isViewChosen = false;
  #labelsShown = 3;
  #isRefreshing = false;

  constructor(parts: GalleryParts) {
    // It may scroll sideways and has no control that always stands at its end.
    this.#table.tabIndex = 0;
    this.#parts = parts;
    this.#overview = new Overview({
      choose: (choice) => {
        this.#choice = choice;
        this.#refresh();
      },
      view: (view) => {
        this.#isViewChosen = true;
        this.#show(view);
      },
      countLabels: (count) => {
        this.#labelsShown = count;
        for (const card of this.#cardOf.values()) card.showLabels(count);
      },
    });
  }

  /** Those that are shown, in the order in which they are. */
  get shown(): readonly PhotoEntry[] {
    return arrange(this.#entries, this.#choice);
  }

  limitLabels(labels: number): void {
    this.#overview.limitLabels(labels);
  }

  /** Puts photos behind those that are there, brings the first of them into view and asks the service for each. */
  add(photos: readonly AskedPhoto[]): void {
    const entries = photos.map((photo) => new PhotoEntry(photo));
    this.#entries = [...this.#entries, ...entries];
    document.body.classList.toggle('has-photos', this.#entries.length > 0);
    if (!this.#isViewChosen && this.#entries.length > mostPhotosAsCards) this.#view = 'table';
    this.#show(this.#view);
    const [first] = entries;
    if (first !== undefined) this.#bringIntoView(first);
    for (const entry of entries) this.#parts.work(entry);
  }

  /** An entry is further on its way. */
  update(entry: PhotoEntry): void {
    this.#cardOf.get(entry)?.update(this.#parts.health(), this.#labelsShown);
    this.#rowOf.get(entry)?.update();
    const { answer, problem, name } = entry;
    if (answer === undefined && problem === undefined) return;
    if (this.#entries.length <= mostPhotosSaid) {
      this.#said.textContent =
        answer === undefined
          ? `${name}: ${problem?.message}`
          : `${name}: ${answer.label}, ${percent(answer.probability)}, ${verdictWords[answer.verdict]}`;
    }
    this.#refreshSoon();
  }

  tryFailedAgain(): void {
    for (const entry of this.#entries) if (entry.problem !== undefined) this.#parts.work(entry);
    this.#refresh();
  }

  clear(): void {
    for (const entry of this.#entries) this.#forget(entry);
    this.#entries = [];
    this.#choice = everythingAsDropped;
    this.#isViewChosen = false;
    this.#overview.reset();
    document.body.classList.remove('has-photos');
    this.#show('cards');
    this.#parts.focusWhenEmpty();
  }

  #remove(entry: PhotoEntry): void {
    const { shown } = this;
    const at = shown.indexOf(entry);
    const neighbour = shown[at + 1] ?? shown[at - 1];
    this.#forget(entry);
    this.#entries = this.#entries.filter((other) => other !== entry);
    if (this.#entries.length === 0) {
      this.clear();
      return;
    }
    this.#refresh();
    if (neighbour === undefined) this.#parts.focusWhenEmpty();
    else if (this.#view === 'table') this.#rowOf.get(neighbour)?.focus();
    else this.#cardOf.get(neighbour)?.root.focus();
  }

  #forget(entry: PhotoEntry): void {
    entry.release();
    this.#cardOf.delete(entry);
    this.#rowOf.delete(entry);
  }

  #show(view: View): void {
    this.#view = view;
    this.#overview.showView(view);
    this.#cards.hidden = view !== 'cards';
    this.#table.hidden = view !== 'table' || this.#entries.length === 0;
    this.#refresh();
  }

  #open(entry: PhotoEntry): void {
    this.#isViewChosen = true;
    this.#show('cards');
    this.#bringIntoView(entry);
    this.#cardOf.get(entry)?.root.focus({ preventScroll: true });
  }

  /** Where its answer could not be seen as it is. */
  #bringIntoView(entry: PhotoEntry): void {
    const root = this.#view === 'table' ? this.#rowOf.get(entry)?.root : this.#cardOf.get(entry)?.root;
    if (root === undefined) return;
    const answer = root.querySelector('.answer') ?? root;
    const isInView =
      root.getBoundingClientRect().top >= 0 && answer.getBoundingClientRect().top + answerInPx < innerHeight;
    if (!isInView) root.scrollIntoView({ block: this.#view === 'table' ? 'nearest' : 'start' });
  }

  /** With many photos no more than twice a second. */
  #refreshSoon(): void {
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    setTimeout(
      () => {
        this.#isRefreshing = false;
        this.#refresh();
      },
      this.#entries.length > mostPhotosAsCards ? 500 : 0,
    );
  }

  #refresh(): void {
    const { shown } = this;
    this.#cards.classList.toggle('single', this.#entries.length === 1);
    if (this.#view === 'cards')
      showInOrder(
        this.#cards,
        shown.map((entry) => this.#cardFor(entry).root),
      );
    else
      showInOrder(
        this.#rows,
        shown.map((entry) => this.#rowFor(entry).root),
      );
    this.#overview.update(this.#entries, shown.length);
  }

  #cardFor(entry: PhotoEntry): PhotoCard {
    const known = this.#cardOf.get(entry);
    if (known !== undefined) return known;
    const card = new PhotoCard(this.#template, entry, this.#actsFor(entry));
    this.#cardOf.set(entry, card);
    card.update(this.#parts.health(), this.#labelsShown);
    return card;
  }

  #rowFor(entry: PhotoEntry): TableRow {
    const row = this.#rowOf.get(entry) ?? new TableRow(entry, this.#actsFor(entry));
    this.#rowOf.set(entry, row);
    return row;
  }

  #actsFor(entry: PhotoEntry) {
    return {
      open: () => this.#open(entry),
      remove: () => this.#remove(entry),
      tryAgain: () => this.#parts.work(entry),
    };
  }
}
