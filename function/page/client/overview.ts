import { describeProgress, tally } from './arrange.ts';
import { element, make } from './element.ts';
import type { Choice, Entry, Order } from './entry.ts';
import { verdictWords } from './words.ts';

export type View = 'cards' | 'table';

export interface OverviewActs {
  readonly choose: (choice: Choice) => void;
  readonly view: (view: View) => void;
  readonly countLabels: (count: number) => void;
}

const find = <T extends Element>(id: string, kind: new () => T) => element(document, `#${id}`, kind);
/** From here on there is something to sort and to compare. */
const fewestToArrange = 2;

/** The bar over the answers: how far they are, how they are shown, sorted and filtered. */
export class Overview {
  readonly #order = find('order', HTMLSelectElement);
  readonly #verdict = find('verdict', HTMLSelectElement);
  readonly #label = find('label', HTMLSelectElement);
  readonly #count = find('count', HTMLInputElement);

  constructor({ choose, view, countLabels }: OverviewActs) {
    for (const select of [this.#order, this.#verdict, this.#label]) {
      select.addEventListener('change', () => choose(this.#choice));
    }
    for (const button of this.#viewButtons()) {
      button.addEventListener('click', () => view(button.dataset.view as View));
    }
    const options = find('options', HTMLButtonElement);
    options.addEventListener('click', () => {
      const isOpen = find('answers', HTMLElement).classList.toggle('with-options');
      options.setAttribute('aria-expanded', String(isOpen));
    });
    this.#count.addEventListener('input', () => {
      find('count-shown', HTMLOutputElement).textContent = this.#count.value;
      countLabels(Number(this.#count.value));
    });
  }

  get #choice(): Choice {
    return { order: this.#order.value as Order, verdict: this.#verdict.value || 'all', label: this.#label.value };
  }

  /** Says where the entries are, and what there is to choose from. */
  update(entries: readonly Entry[], shown: number): void {
    const isArranged = entries.length >= fewestToArrange;
    find('bar', HTMLElement).hidden = entries.length === 0;
    find('views', HTMLElement).hidden = !isArranged;
    find('tools', HTMLElement).hidden = !isArranged;
    find('again', HTMLElement).hidden = entries.filter(({ problem }) => problem !== undefined).length < 2;
    find('none', HTMLElement).hidden = entries.length === 0 || shown > 0;
    find('progress', HTMLElement).textContent = describeProgress(entries);
    this.#offer(this.#verdict, 'all', 'all', tally(entries, 'verdict'), (verdict) =>
      verdictWords[verdict as keyof typeof verdictWords].toLowerCase(),
    );
    this.#offer(this.#label, '', 'all', tally(entries, 'label'), (label) => label);
  }

  showView(view: View): void {
    for (const button of this.#viewButtons()) button.setAttribute('aria-pressed', String(button.dataset.view === view));
  }

  /** At most so many labels can be shown. */
  limitLabels(most: number): void {
    this.#count.max = String(most);
    find('count-shown', HTMLOutputElement).textContent = this.#count.value;
  }

  /** Nothing is chosen any more. */
  reset(): void {
    this.#order.value = 'dropped';
    this.#verdict.replaceChildren();
    this.#label.replaceChildren();
  }

  #offer(
    select: HTMLSelectElement,
    all: string,
    words: string,
    counts: readonly (readonly [string, number])[],
    name: (key: string) => string,
  ): void {
    // An open list is left alone.
    if (document.activeElement === select && select.options.length > 0) return;
    const chosen = select.value || all;
    const options = [[all, words] as const, ...counts.map(([key, count]) => [key, `${name(key)} (${count})`] as const)];
    if (chosen !== all && !counts.some(([key]) => key === chosen)) options.push([chosen, `${name(chosen)} (0)`]);
    select.replaceChildren(
      ...options.map(([value, text]) => {
        const option = make('option', '', text);
        option.value = value;
        option.selected = value === chosen;
        return option;
      }),
    );
  }

  #viewButtons(): readonly HTMLButtonElement[] {
    return [...find('views', HTMLElement).querySelectorAll('button')];
  }
}
