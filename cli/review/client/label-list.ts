import { make } from '../../../function/page/client/element.ts';
import type { ReviewState } from '../review-state.ts';
import { keyOf } from './keys.ts';
import { shareOf } from './label-share.ts';

interface Row {
  readonly row: HTMLElement;
  readonly share: HTMLElement;
  readonly fill: HTMLElement;
  readonly count: Text;
}

/** A button for each label, kept from photo to photo so that the focus stays where it is. */
export class LabelList {
  readonly #list: HTMLElement;
  readonly #onChoice: (name: string) => void;
  readonly #rows = new Map<string, Row>();

  constructor(list: HTMLElement, onChoice: (name: string) => void) {
    this.#list = list;
    this.#onChoice = onChoice;
  }

  get names(): string[] {
    return [...this.#rows.keys()];
  }

  show({ labels, photo }: Pick<ReviewState, 'labels' | 'photo'>): void {
    const shares = new Map(photo?.predictions.map(({ label, probability }) => [label, probability]));
    for (const [position, { name, photos }] of labels.entries()) {
      const { row, share, fill, count } = this.#rows.get(name) ?? this.#add(name, keyOf(position));
      const { width, words } = shareOf(shares.get(name));
      row.classList.toggle('first', name === photo?.predictions[0]?.label);
      fill.style.width = width;
      share.textContent = words;
      count.data = String(photos);
    }
    this.#bringIntoView(photo?.predictions[0]?.label);
  }

  filter(names: ReadonlySet<string>): void {
    for (const [name, { row }] of this.#rows) row.hidden = !names.has(name);
  }

  /** In the list alone: where the page stands is the person's matter. */
  #bringIntoView(name: string | undefined): void {
    const row = this.#rows.get(name ?? '')?.row;
    if (row !== undefined) this.#list.scrollTop = row.offsetTop - (this.#list.clientHeight - row.offsetHeight) / 2;
  }

  #add(name: string, key: string | undefined): Row {
    const row = make('li');
    const button = make('button');
    button.type = 'button';
    const label = make('span', '', name);
    label.dir = 'auto';
    const share = make('span', 'share');
    const words = make('span', 'words');
    words.append(label, share);
    const fill = make('span', 'fill');
    const count = new Text();
    const counted = make('span', 'count');
    counted.append(count, make('span', 'unseen', ' photos'));
    if (key !== undefined) {
      const cap = make('kbd', '', key);
      cap.ariaHidden = 'true';
      button.append(cap);
      button.setAttribute('aria-keyshortcuts', key);
    }
    button.append(words, counted, fill);
    button.addEventListener('click', () => this.#onChoice(name));
    row.append(button);
    this.#list.append(row);
    const parts = { row, share, fill, count };
    this.#rows.set(name, parts);
    return parts;
  }
}
