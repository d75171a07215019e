import { make } from './element.ts';
import type { PhotoEntry } from './photo-entry.ts';
import { percent, verdictWords } from './words.ts';

export interface RowActs {
  /** Shows the photo's card. */
  open(): void;
  remove(): void;
  tryAgain(): void;
}

/** One photo's row in the table. */
export class TableRow {
  readonly root = make('tr');
  readonly #entry: PhotoEntry;
  readonly #acts: RowActs;
  readonly #cells: readonly HTMLTableCellElement[];
  readonly #open: HTMLButtonElement;
  readonly #again: HTMLButtonElement;

  constructor(entry: PhotoEntry, acts: RowActs) {
    this.#entry = entry;
    this.#acts = acts;
    this.#open = this.#drawOpen();
    this.#again = this.#button('↻', 'Try again', () => {
      // The button goes with the failure.
      this.focus();
      acts.tryAgain();
    });
    const head = make('th');
    head.scope = 'row';
    head.append(this.#open);
    this.#cells = ['label', 'number', '', 'number ms'].map((name) => make('td', name));
    const buttons = make('td', 'acts');
    buttons.append(this.#again, this.#button('×', 'Remove', acts.remove));
    this.root.append(head, ...this.#cells, buttons);
    this.update();
  }

  focus(): void {
    this.#open.focus();
  }

  /** Shows the entry as it is now. */
  update(): void {
    const [label, probability, verdict, time] = this.#cells;
    const { answer, problem, state } = this.#entry;
    if (label === undefined || probability === undefined || verdict === undefined) return;
    label.className = problem === undefined ? 'label' : 'problem';
    label.textContent = problem?.message ?? answer?.label ?? '';
    label.dir = 'auto';
    // What went wrong takes the room of the number that there is not.
    label.colSpan = problem === undefined ? 1 : 2;
    probability.hidden = problem !== undefined;
    probability.replaceChildren(...(answer === undefined ? [] : drawShare(answer.probability)));
    const kind = problem === undefined ? answer?.verdict : 'failed';
    verdict.replaceChildren(kind === undefined ? state : make('span', `chip ${kind}`, verdictWords[kind]));
    if (time) time.textContent = answer === undefined ? '' : `${answer.timing.totalMs.toFixed(0)} ms`;
    this.#again.hidden = problem === undefined;
  }

  #drawOpen(): HTMLButtonElement {
    const { name, address } = this.#entry;
    const button = make('button', 'open');
    button.type = 'button';
    if (address !== undefined) {
      const image = make('img');
      image.alt = '';
      image.loading = 'lazy';
      image.decoding = 'async';
      image.src = address;
      button.append(image);
    }
    button.append(make('span', '', name));
    button.addEventListener('click', () => this.#acts.open());
    return button;
  }

  #button(sign: string, words: string, act: () => void): HTMLButtonElement {
    const button = make('button', '', sign);
    button.type = 'button';
    button.setAttribute('aria-label', `${words}: ${this.#entry.name}`);
    button.addEventListener('click', act);
    return button;
  }
}

function drawShare(probability: number): Node[] {
  const bar = make('i');
  bar.style.setProperty('--share', probability.toFixed(3));
  return [document.createTextNode(percent(probability)), bar];
}
