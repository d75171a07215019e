import { make } from '../../../function/page/client/element.ts';
import { percent } from '../../../function/page/client/words.ts';
import type { ReviewState } from '../review-state.ts';
import { keyOf } from './keys.ts';

/** A button for each label, kept from photo to photo so that the focus stays where it is. */
export class LabelList {
  readonly #list: HTMLElement;
  readonly #onChoice: (name: string) => void;
  readonly #rows = new Map<string, { readonly row: HTMLElement; readonly share: HTMLElement; readonly count: Text }>();

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
      const { row, share, count } = this.#rows.get(name) ?? this.#add(name, keyOf(position));
      const probability = shares.get(name);
      row.classList.toggle('said', probability !== undefined);
      share.textContent = probability === undefined ? '' : percent(probability);
      count.data = String(photos);
    }
  }

  filter(names: ReadonlySet<string>): void {
    for (const [name, { row }] of this.#rows) row.hidden = !names.has(name);
  }

  #add(name: string, key: string | undefined) {
    const row = make('li');
    const button = make('button');
    button.type = 'button';
    const label = make('span', '', name);
    label.dir = 'auto';
    const share = make('span', 'share');
    const count = new Text();
    const counted = make('span', 'count');
    counted.append(count, make('span', 'unseen', ' photos'));
    if (key !== undefined) {
      const cap = make('kbd', '', key);
      cap.ariaHidden = 'true';
      button.append(cap);
      button.setAttribute('aria-keyshortcuts', key);
    }
    button.append(label, share, counted);
    button.addEventListener('click', () => this.#onChoice(name));
    row.append(button);
    this.#list.append(row);
    const parts = { row, share, count };
    this.#rows.set(name, parts);
    return parts;
  }
}
