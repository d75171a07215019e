import type { Answer } from '../../../facts/answers.ts';
import { heatColours } from '../../../facts/heat-colours.ts';
import { AnswerError } from './answer-error.ts';
import { element } from './element.ts';
import { drawHeat } from './heat.ts';

/** Makes "Show why" of a card ask for the explanation at its first press, and show or hide it at each. */
export function offerExplanation(card: HTMLElement, image: HTMLImageElement, explain: () => Promise<Answer>): void {
  const button = element(card, '.explain', HTMLButtonElement);
  const heat = element(card, '.heat', HTMLCanvasElement);
  const why = element(card, '.why', HTMLElement);
  const words = element(why, 'p', HTMLElement);
  const scale = element(why, '.scale', HTMLElement);
  let isDrawn = false;
  let isAsking = false;

  const draw = async () => {
    const { explanation } = await explain();
    if (explanation === undefined) throw new AnswerError('No explanation came.', 'Try again.', 0);
    const { label, runnerUp } = explanation;
    if (image.naturalWidth > 0) {
      drawHeat(heat, explanation, { width: image.naturalWidth, height: image.naturalHeight });
    }
    words.textContent = `The warm places spoke for “${label}”, which beat “${runnerUp.label}” by ${runnerUp.margin.toFixed(1)}.`;
    paintScale(scale);
    isDrawn = true;
  };

  button.addEventListener('click', async () => {
    // Not disabled meanwhile: that would take the focus from the button.
    if (isAsking) return;
    const isWanted = button.getAttribute('aria-pressed') !== 'true';
    isAsking = true;
    try {
      if (isWanted && !isDrawn) await draw();
    } catch (error) {
      words.textContent = error instanceof AnswerError ? `${error.message} ${error.hint}` : 'No explanation came.';
      scale.hidden = true;
      why.hidden = false;
      return;
    } finally {
      isAsking = false;
    }
    button.setAttribute('aria-pressed', String(isWanted));
    button.textContent = isWanted ? 'Hide why' : 'Show why';
    heat.hidden = !isWanted || image.naturalWidth === 0;
    why.hidden = !isWanted;
  });
}

/** As opaque as on the photo, from cold to warm. */
function paintScale(scale: HTMLElement): void {
  scale.hidden = false;
  scale.style.setProperty('--cold', `rgb(${heatColours.cold.join(' ')})`);
  scale.style.setProperty('--warm', `rgb(${heatColours.warm.join(' ')})`);
}
