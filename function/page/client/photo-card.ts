import type { Answer, HealthBody } from '../../../facts/answers.ts';
import { element, make } from './element.ts';
import { drawHeat } from './heat.ts';
import { fillReceipt } from './receipt.ts';
import { AnswerError } from './service.ts';

const shownLabels = 3;
const verdictWords = {
  confident: ['Confident', 'answers like this one are very rarely wrong.'],
  unsure: ['Unsure', 'the first label may be wrong; look at the second.'],
  uncalibrated: [
    'Uncalibrated',
    'nobody has measured how often this model is right. Its owner can: lambda-lens calibrate MODEL --photos FOLDER.',
  ],
  unfamiliar: ['Unfamiliar', 'this does not look like the photos the model learned from, so its labels mean little.'],
} as const;

/** One photo's place in the gallery, from waiting to its answer. */
export class PhotoCard {
  readonly root: HTMLLIElement;
  readonly #state: HTMLElement;
  readonly #image: HTMLImageElement;
  readonly #abort = new AbortController();

  constructor(
    template: HTMLTemplateElement,
    name: string,
    preview: Blob | undefined,
    onRemove: (card: PhotoCard) => void,
  ) {
    this.root = element(template.content.cloneNode(true) as DocumentFragment, 'li', HTMLLIElement);
    this.#state = element(this.root, '.state', HTMLElement);
    this.#image = element(this.root, 'img', HTMLImageElement);
    element(this.root, '.name', HTMLElement).textContent = name;
    element(this.root, '.remove', HTMLButtonElement).setAttribute('aria-label', `Remove ${name}`);
    element(this.root, '.remove', HTMLButtonElement).addEventListener('click', () => {
      this.#abort.abort();
      if (this.#image.src !== '') URL.revokeObjectURL(this.#image.src);
      onRemove(this);
    });
    const picture = element(this.root, '.picture', HTMLElement);
    if (preview === undefined) picture.classList.add('no-preview');
    else {
      this.#image.alt = name;
      this.#image.addEventListener('error', () => picture.classList.add('no-preview'));
      this.#image.src = URL.createObjectURL(preview);
    }
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  say(words: string): void {
    this.#state.textContent = words;
  }

  showAnswer(answer: Answer, health: HealthBody, roundTripMs: number, explain: () => Promise<Answer>): void {
    const [word, meaning] = verdictWords[answer.verdict];
    this.#state.hidden = true;
    this.root.classList.add(answer.verdict);
    const verdict = element(this.root, '.verdict', HTMLElement);
    verdict.classList.add(answer.verdict);
    verdict.replaceChildren(make('b', '', `${word}: `), meaning);
    verdict.hidden = false;
    element(this.root, '.bars', HTMLOListElement).replaceChildren(
      ...answer.predictions.slice(0, shownLabels).map(({ label, probability }) => this.#bar(label, probability)),
    );
    fillReceipt(element(this.root, '.receipt', HTMLDetailsElement), answer.timing, health, roundTripMs);
    this.#offerExplanation(explain);
  }

  showError(error: unknown): void {
    this.root.classList.add('failed');
    this.#state.hidden = false;
    this.#state.textContent =
      error instanceof AnswerError ? `${error.message} ${error.hint}` : 'The page could not read the answer.';
  }

  #bar(label: string, probability: number): HTMLLIElement {
    const row = make('li');
    const text = make('div', 'text');
    text.append(make('span', '', label), make('span', '', `${(probability * 100).toFixed(1)} %`));
    const fill = make('div', 'fill');
    fill.style.width = '0';
    requestAnimationFrame(() => {
      fill.style.width = `${probability * 100}%`;
    });
    const track = make('div', 'track');
    track.append(fill);
    row.append(text, track);
    return row;
  }

  #offerExplanation(explain: () => Promise<Answer>): void {
    const actions = element(this.root, '.actions', HTMLElement);
    const button = element(this.root, '.explain', HTMLButtonElement);
    const heat = element(this.root, '.heat', HTMLCanvasElement);
    const why = element(this.root, '.why', HTMLElement);
    let isDrawn = false;
    actions.hidden = false;
    button.addEventListener('click', async () => {
      const isWanted = button.getAttribute('aria-pressed') !== 'true';
      if (isWanted && !isDrawn) {
        button.disabled = true;
        try {
          const { explanation } = await explain();
          if (explanation === undefined) return;
          const { label, grid, runnerUp } = explanation;
          drawHeat(heat, grid, this.#image.naturalWidth || 1, this.#image.naturalHeight || 1);
          why.textContent = `The warm places spoke for “${label}”, which beat “${runnerUp.label}” by ${runnerUp.margin.toFixed(1)}.`;
          isDrawn = true;
        } catch (error) {
          why.textContent = error instanceof AnswerError ? `${error.message} ${error.hint}` : 'No explanation came.';
          why.hidden = false;
          return;
        } finally {
          button.disabled = false;
        }
      }
      button.setAttribute('aria-pressed', String(isWanted));
      button.textContent = isWanted ? 'Hide why' : 'Show why';
      heat.hidden = !isWanted || this.#image.naturalWidth === 0;
      why.hidden = !isWanted;
    });
  }
}
