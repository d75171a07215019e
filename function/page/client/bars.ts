import type { Answer } from '../../../facts/answers.ts';
import { make } from './element.ts';
import { percent } from './words.ts';

/** A bar for each of these labels; the bars of those that stood there grow on from where they were. */
export function drawBars(list: HTMLOListElement, predictions: Answer['predictions']): void {
  while (list.children.length > predictions.length) list.lastElementChild?.remove();
  for (const { label, probability } of predictions.slice(list.children.length))
    list.append(drawBar(label, probability));
}

function drawBar(label: string, probability: number): HTMLLIElement {
  const row = make('li');
  const text = make('div', 'text');
  const name = make('span', '', label);
  name.dir = 'auto';
  text.append(name, make('span', '', percent(probability)));
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
