import type { Answer, HealthBody } from '../../../facts/answers.ts';
import { element, make } from './element.ts';
import { PhotoCard } from './photo-card.ts';
import { AnswerError, fetchHealth, predictPhoto, predictUrl, useKey } from './service.ts';
import { shrinkPhoto } from './shrink.ts';
import { showSnippets } from './snippets.ts';

const photosAtOnce = 2;

const find = <T extends Element>(id: string, kind: new () => T) => element(document, `#${id}`, kind);
const cards = find('cards', HTMLUListElement);
const template = find('card-template', HTMLTemplateElement);
const drop = find('drop', HTMLElement);
const shown = new Set<PhotoCard>();
const waiting: (() => Promise<void>)[] = [];
let working = 0;
let finished = 0;
let health: Promise<HealthBody> | undefined;

function describeProgress(): void {
  const total = shown.size;
  find('empty', HTMLElement).hidden = total > 0;
  find('clear', HTMLButtonElement).hidden = total === 0;
  find('progress', HTMLElement).textContent = total === 0 ? '' : `${Math.min(finished, total)} of ${total} done`;
}

async function workThrough(): Promise<void> {
  if (working >= photosAtOnce) return;
  const next = waiting.shift();
  if (next === undefined) return;
  working++;
  await next();
  working--;
  finished++;
  describeProgress();
  void workThrough();
}

/** Puts a card in the gallery and its work in the queue; `predict` may be called again, to explain. */
function add(
  name: string,
  preview: Blob | undefined,
  predict: (signal: AbortSignal, explain: boolean) => Promise<Answer>,
) {
  const card = new PhotoCard(template, name, preview, (removed) => {
    removed.root.remove();
    shown.delete(removed);
    describeProgress();
  });
  shown.add(card);
  cards.prepend(card.root);
  describeProgress();
  waiting.push(async () => {
    if (card.signal.aborted) return;
    card.say('looking…');
    try {
      const before = performance.now();
      const answer = await predict(card.signal, false);
      const roundTripMs = performance.now() - before;
      card.showAnswer(answer, await loadHealth(), roundTripMs, () => predict(card.signal, true));
    } catch (error) {
      if (card.signal.aborted) return;
      card.showError(error);
      if (error instanceof AnswerError && error.status === 401) find('by-key', HTMLFormElement).hidden = false;
    }
  });
  void workThrough();
}

function addPhoto(file: File): void {
  let sent: Promise<Blob> | undefined;
  add(file.name || 'pasted photo', file, async (signal, explain) => {
    sent ??= shrinkPhoto(file);
    return predictPhoto(await sent, signal, explain);
  });
}

function addAll(files: Iterable<File>): void {
  for (const file of files) addPhoto(file);
}

function loadHealth(): Promise<HealthBody> {
  health ??= fetchHealth().catch((error: unknown) => {
    health = undefined;
    throw error;
  });
  return health;
}

async function introduce(): Promise<void> {
  try {
    const { model, version, architecture } = await loadHealth();
    find('model', HTMLElement).textContent = `model “${model.name}”, ${model.labels.length} labels`;
    find('labels', HTMLElement).replaceChildren(...model.labels.map((label) => make('li', '', label)));
    find('about', HTMLElement).textContent =
      `lambda-lens ${version} · model ${model.version} · ${architecture} · plain JavaScript and WebAssembly`;
  } catch (error) {
    const words =
      error instanceof AnswerError
        ? `${error.message} ${error.hint}`
        : 'The service answers in a way this page does not know.';
    find('model', HTMLElement).textContent = words;
    if (error instanceof AnswerError && error.status === 401) find('by-key', HTMLFormElement).hidden = false;
  }
}

for (const [button, input] of [
  ['choose', 'file'],
  ['shoot', 'camera'],
] as const) {
  const chooser = find(input, HTMLInputElement);
  find(button, HTMLButtonElement).addEventListener('click', () => chooser.click());
  chooser.addEventListener('change', () => {
    addAll(chooser.files ?? []);
    chooser.value = '';
  });
}
for (const kind of ['dragover', 'dragenter'] as const) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add('over');
  });
}
document.addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) drop.classList.remove('over');
});
document.addEventListener('drop', (event) => {
  event.preventDefault();
  drop.classList.remove('over');
  addAll(event.dataTransfer?.files ?? []);
});
document.addEventListener('paste', (event) => {
  if (event.target instanceof HTMLInputElement) return;
  addAll(event.clipboardData?.files ?? []);
});
find('by-url', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  const field = find('url', HTMLInputElement);
  const url = field.value.trim();
  if (url === '') {
    field.focus();
    return;
  }
  // No preview: the page itself asks no one but its own service.
  add(url, undefined, (signal, explain) => predictUrl(url, signal, explain));
  field.value = '';
});
find('by-key', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  useKey(find('key', HTMLInputElement).value);
  find('by-key', HTMLFormElement).hidden = true;
  void introduce();
});
find('clear', HTMLButtonElement).addEventListener('click', () => {
  for (const card of [...shown]) element(card.root, '.remove', HTMLButtonElement).click();
  finished = 0;
  describeProgress();
});

showSnippets(find('tabs', HTMLElement), find('snippet', HTMLElement), find('copy', HTMLButtonElement));
void introduce();
