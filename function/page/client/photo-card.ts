import type { HealthBody } from '../../../facts/answers.ts';
import { drawBars } from './bars.ts';
import { copyText } from './copy.ts';
import { element } from './element.ts';
import { offerExplanation } from './explanation.ts';
import type { PhotoEntry } from './photo-entry.ts';
import { fillReceipt } from './receipt.ts';
import { describeVerdict, isLong, percent, verdictWords } from './words.ts';

/** What a card lets a person do with its photo. */
export interface CardActs {
  remove(): void;
  tryAgain(): void;
}

/** One photo's place in the gallery, from waiting to its answer. */
export class PhotoCard {
  readonly root: HTMLLIElement;
  readonly #entry: PhotoEntry;
  readonly #image: HTMLImageElement;
  #isAnswered = false;

  constructor(template: HTMLTemplateElement, entry: PhotoEntry, acts: CardActs) {
    this.#entry = entry;
    this.root = element(template.content.cloneNode(true) as DocumentFragment, 'li', HTMLLIElement);
    this.#image = this.#find('img', HTMLImageElement);
    this.root.setAttribute('aria-label', entry.name);
    this.#find('.name', HTMLElement).textContent = entry.name;
    this.#find('.remove', HTMLElement).setAttribute('aria-label', `Remove ${entry.name}`);
    this.#find('.remove', HTMLElement).addEventListener('click', () => acts.remove());
    this.#find('.again', HTMLElement).addEventListener('click', () => {
      // The button goes with the failure; the focus stays on the card.
      this.root.focus();
      acts.tryAgain();
    });
    this.#showPicture();
  }

  /** Shows the entry as it is now. */
  update(health: HealthBody | undefined, labelsShown: number): void {
    const { answer, problem, state, uploaded } = this.#entry;
    this.root.classList.toggle('failed', problem !== undefined);
    this.#find('.working', HTMLElement).hidden = answer !== undefined || problem !== undefined;
    this.#find('.state', HTMLElement).textContent = state;
    this.#find('.upload', HTMLElement).classList.toggle('waits', uploaded >= 1);
    this.#find('.upload .fill', HTMLElement).style.width = `${uploaded * 100}%`;
    this.#find('.failure', HTMLElement).hidden = problem === undefined;
    this.#find('.failure p', HTMLElement).textContent = problem ? `${problem.message} ${problem.hint}` : '';
    if (answer === undefined || health === undefined || this.#isAnswered) return;
    this.#isAnswered = true;
    this.#showAnswer(health, labelsShown);
  }

  showLabels(count: number): void {
    const { answer } = this.#entry;
    if (answer) drawBars(this.#find('.bars', HTMLOListElement), answer.predictions.slice(0, count));
  }

  #showAnswer(health: HealthBody, labelsShown: number): void {
    const entry = this.#entry;
    const { answer } = entry;
    if (answer === undefined) return;
    this.root.classList.add(answer.verdict);
    const first = this.#find('.first', HTMLElement);
    first.hidden = false;
    first.classList.toggle('long', isLong(answer.label));
    element(first, 'strong', HTMLElement).textContent = answer.label;
    element(first, '.percent', HTMLElement).textContent = percent(answer.probability);
    const verdict = this.#find('.verdict', HTMLDetailsElement);
    verdict.hidden = false;
    element(verdict, '.chip', HTMLElement).textContent = verdictWords[answer.verdict];
    element(verdict, '.chip', HTMLElement).classList.add(answer.verdict);
    element(verdict, 'p', HTMLElement).textContent = describeVerdict(
      answer.verdict,
      health.model.output === 'sigmoids',
    );
    this.showLabels(labelsShown);
    this.#find('.actions', HTMLElement).hidden = false;
    fillReceipt(this.#find('.receipt', HTMLDetailsElement), answer.timing, health, entry.roundTripMs);
    const copy = this.#find('.copy', HTMLButtonElement);
    copyText(copy, () => JSON.stringify(answer, undefined, 2));
    offerExplanation(this.root, this.#image, () => entry.ask({ signal: entry.signal, explain: true }));
  }

  #showPicture(): void {
    const picture = this.#find('.picture', HTMLElement);
    const { address, name } = this.#entry;
    const hide = () => picture.classList.add('no-preview');
    if (address === undefined) {
      hide();
      return;
    }
    this.#image.alt = name;
    this.#image.addEventListener('error', hide);
    this.#image.src = address;
  }

  #find<T extends Element>(selector: string, kind: new () => T): T {
    return element(this.root, selector, kind);
  }
}
