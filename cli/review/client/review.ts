import { element, make } from '../../../function/page/client/element.ts';
import { percent, verdictWords } from '../../../function/page/client/words.ts';
import type { ReviewAnswer, ReviewState, SaidOfPhoto } from '../review-state.ts';
import { isNoneKey, positionOf } from './keys.ts';
import { LabelList } from './label-list.ts';
import { Pictures } from './pictures.ts';
import { ProgramProblem, program } from './program.ts';
import { searchLabels } from './search-labels.ts';
import { describeCounts, describeEnd } from './words.ts';

const at = (id: string) => element(document, `#${id}`, HTMLElement);
const button = (id: string) => element(document, `#${id}`, HTMLButtonElement);
const text = element(document, '#text', HTMLInputElement);
const picture = element(document, '#picture', HTMLImageElement);
const pictures = new Pictures();
const labels = new LabelList(at('labels'), (name) => sayOf({ label: name }));

let state: ReviewState | undefined;
let isBusy = false;
let hasKeys = true;

/** One thing at a time: what is pressed meanwhile would be meant for a photo that nobody has seen yet. */
async function act(ask: () => Promise<ReviewAnswer>): Promise<void> {
  if (isBusy) return;
  isBusy = true;
  try {
    const { state: next, done } = await ask();
    showProblem();
    await show(next, done);
  } catch (error) {
    if (!(error instanceof ProgramProblem)) throw error;
    showProblem(error);
  } finally {
    isBusy = false;
  }
}

function sayOf(what: Omit<SaidOfPhoto, 'id'>): void {
  const id = state?.photo?.id;
  if (id === undefined) return;
  void act(() => program.say({ id, ...what }));
}

async function show(next: ReviewState, done: string): Promise<void> {
  state = next;
  const { photo, counts, into, others } = next;
  const seen = counts.labelled + counts.none + counts.skipped;
  at('about').textContent = next.results;
  at('counts').textContent = describeCounts(counts);
  const progress = element(document, '#progress', HTMLProgressElement);
  progress.max = Math.max(1, counts.all);
  progress.value = seen;
  at('places').textContent = `Copies go to ${into}/<label>, of none of these to ${others}.`;
  search('');
  labels.show(next);
  for (const id of ['undo', 'end-undo']) button(id).disabled = !next.canUndo;
  showLeftOut(next);
  const hadFocus = at('end').contains(document.activeElement) || at('choice').contains(document.activeElement);
  const wasAtEnd = !at('end').hidden;
  for (const id of ['stage', 'choice']) at(id).hidden = photo === undefined;
  at('end').hidden = photo !== undefined;
  pictures.keep(photo === undefined ? next.next : [photo.id, ...next.next]);
  if (photo === undefined) {
    at('end-words').textContent = describeEnd(counts);
    button('again').hidden = counts.skipped === 0;
    at('said').textContent = `${done} All seen.`;
    at('end-title').focus();
    return;
  }
  const title = `Photo ${Math.min(seen + 1, counts.all)} of ${counts.all}`;
  at('title').textContent = title;
  at('name').textContent = `${photo.name}, ${photo.width} × ${photo.height}`;
  const chip = at('verdict');
  chip.textContent = verdictWords[photo.verdict];
  chip.className = `chip ${photo.verdict}`;
  const [first] = photo.predictions;
  const says =
    first === undefined ? [] : ['The service says ', make('bdi', '', first.label), `, ${percent(first.probability)}.`];
  at('says').replaceChildren(...says);
  at('said').textContent = `${done} ${title}, ${photo.name}. ${verdictWords[photo.verdict]}. ${at('says').textContent}`;
  if (wasAtEnd && hadFocus) at('title').focus();
  await showPicture(photo.id, photo.name);
}

async function showPicture(id: number, name: string): Promise<void> {
  picture.hidden = true;
  const source = await pictures.source(id);
  if (state?.photo?.id !== id) return;
  picture.alt = `The photo to label, ${name}`;
  picture.src = source;
  picture.hidden = false;
  pictures.prepare(state.next);
}

function showLeftOut({ leftOut, counts }: ReviewState): void {
  const box = at('left-out');
  box.hidden = counts.leftOut === 0;
  const photos = counts.leftOut === 1 ? '1 photo' : `${counts.leftOut} photos`;
  element(box, 'summary', HTMLElement).textContent = `${photos} can't be shown`;
  const items = [...Map.groupBy(leftOut, ({ sentence }) => sentence)].map(([sentence, same]) => {
    const item = make('li', '', `${sentence} `);
    item.append(make('span', 'hint', same.map(({ name }) => name).join(', ')));
    return item;
  });
  if (leftOut.length < counts.leftOut) items.push(make('li', '', `… and ${counts.leftOut - leftOut.length} more`));
  element(box, 'ul', HTMLElement).replaceChildren(...items);
}

function showProblem(problem?: ProgramProblem): void {
  const box = at('problem');
  element(box, 'strong', HTMLElement).textContent = problem?.message ?? '';
  element(box, 'span', HTMLElement).textContent = problem?.hint ?? '';
  box.hidden = problem === undefined;
}

function search(words: string): void {
  if (text.value !== words) text.value = words;
  const { names, first, addable } = searchLabels(labels.names, words);
  labels.filter(names);
  const add = button('add');
  add.hidden = addable === undefined;
  add.textContent = addable === undefined ? '' : `New: ${addable}`;
  const taken = first ?? (addable === undefined ? undefined : `the new label ${addable}`);
  at('found').textContent =
    words === '' || taken === undefined
      ? ''
      : `${names.size === 1 ? '1 label fits' : `${names.size} labels fit`}; Enter takes ${taken}.`;
}

async function finish(): Promise<void> {
  try {
    await program.finish();
    for (const id of ['stage', 'choice', 'left-out']) at(id).hidden = true;
    for (const id of ['finish', 'keys', 'end-choice']) at(id).hidden = true;
    at('end').hidden = false;
    at('end-title').textContent = 'Closed';
    at('end-words').textContent =
      'What you said is kept, and the terminal says how to train again. This page can be closed.';
    state = undefined;
    at('end-title').focus();
  } catch (error) {
    if (!(error instanceof ProgramProblem)) throw error;
    showProblem(error);
  }
}

function press(event: KeyboardEvent): void {
  if (!hasKeys || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof HTMLInputElement || state === undefined) return;
  if (event.key === '/' && state.photo !== undefined) text.focus();
  else if (event.key === 'ArrowLeft') void act(program.undo);
  else if (event.key === 'ArrowRight') sayOf({ skip: true });
  else if (isNoneKey(event)) sayOf({ none: true });
  else {
    const position = positionOf(event);
    const name = position === undefined ? undefined : labels.names[position];
    if (name === undefined) return;
    sayOf({ label: name });
  }
  event.preventDefault();
}

document.addEventListener('keydown', press);
text.addEventListener('input', () => search(text.value));
text.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  search('');
  at('title').focus();
});
element(document, '#search', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  const { first, addable } = searchLabels(labels.names, text.value);
  const label = first ?? addable;
  if (label === undefined || isBusy) return;
  // So that keys are keys again.
  at('title').focus();
  sayOf({ label });
});
button('add').addEventListener('click', () => {
  const { addable } = searchLabels(labels.names, text.value);
  if (addable === undefined || isBusy) return;
  at('title').focus();
  sayOf({ label: addable });
});
button('none').addEventListener('click', () => sayOf({ none: true }));
button('skip').addEventListener('click', () => sayOf({ skip: true }));
for (const id of ['undo', 'end-undo']) button(id).addEventListener('click', () => void act(program.undo));
button('again').addEventListener('click', () => void act(program.again));
for (const id of ['finish', 'end-finish']) button(id).addEventListener('click', () => void finish());
button('keys').addEventListener('click', () => {
  hasKeys = !hasKeys;
  button('keys').ariaPressed = String(hasKeys);
  document.body.classList.toggle('without-keys', !hasKeys);
});

void act(program.state);
