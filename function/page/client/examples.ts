import { element } from './element.ts';
import { toAskedPhoto } from './intake.ts';
import type { AskedPhoto } from './photo-entry.ts';
import { unreachable } from './unreachable.ts';

const list = element(document, '#examples', HTMLUListElement);

/** Makes the small pictures that the service put on the page ask for their photo, each at its click. */
export function offerExamples(add: (photos: readonly AskedPhoto[]) => void): void {
  const buttons = [...list.querySelectorAll('button')];
  element(document, '#try', HTMLElement).hidden = buttons.length === 0;
  for (const button of buttons) {
    const address = button.dataset.address ?? '';
    button.addEventListener('click', async () => add([await fetchExample(address)]));
  }
}

/** Those named after a label first: what the model knows before what it does not. */
export function putKnownFirst(labels: readonly string[]): void {
  if (list.contains(document.activeElement)) return;
  const isKnown = (item: Element) => labels.includes(nameOf(item.querySelector('button')?.dataset.address ?? ''));
  const items = [...list.children];
  list.replaceChildren(...items.filter(isKnown), ...items.filter((item) => !isKnown(item)));
}

async function fetchExample(address: string): Promise<AskedPhoto> {
  const name = address.slice(address.lastIndexOf('/') + 1);
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`status ${response.status}`);
    return toAskedPhoto(await response.blob(), name);
  } catch {
    return { name, preview: undefined, ask: async () => Promise.reject(unreachable()) };
  }
}

function nameOf(address: string): string {
  return address.slice(address.lastIndexOf('/') + 1, address.lastIndexOf('.'));
}
