import type { HealthBody } from '../../../facts/answers.ts';
import { AnswerError } from './answer-error.ts';
import { element, make } from './element.ts';

const labelsListed = 14;
const find = <T extends Element>(id: string, kind: new () => T) => element(document, `#${id}`, kind);

/** Says which model answers and what it can tell apart. */
export function introduceModel({ model, version, architecture }: HealthBody): void {
  const { name, labels } = model;
  find('model', HTMLElement).textContent = `model “${name}”, ${labels.length.toLocaleString('en-US')} labels`;
  const listed = labels.length <= labelsListed + 1 ? labels : labels.slice(0, labelsListed);
  const items = listed.map((label) => {
    const item = make('li', '', label);
    item.dir = 'auto';
    return item;
  });
  if (listed.length < labels.length) {
    const more = make('a', '', `and ${(labels.length - listed.length).toLocaleString('en-US')} more`);
    more.href = 'model';
    const item = make('li');
    item.append(more);
    items.push(item);
  }
  find('labels', HTMLElement).replaceChildren(...items);
  find('about', HTMLElement).textContent =
    `lambda-lens ${version} · model ${model.version} · ${architecture} · plain JavaScript and WebAssembly`;
}

/** Says why there is no model to introduce. */
export function introduceFailure(error: unknown): void {
  find('model', HTMLElement).textContent =
    error instanceof AnswerError
      ? `${error.message} ${error.hint}`
      : 'The service answers in a way this page does not know.';
}
