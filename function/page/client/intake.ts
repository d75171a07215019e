import { element } from './element.ts';
import type { AskedPhoto } from './photo-entry.ts';
import { predictPhoto, predictUrl } from './service.ts';
import { shrinkPhoto } from './shrink.ts';

const find = <T extends Element>(id: string, kind: new () => T) => element(document, `#${id}`, kind);

/** A file as the gallery takes it: made smaller at its first use where it is large. */
export function toAskedPhoto(file: Blob, name: string): AskedPhoto {
  let sent: Promise<Blob> | undefined;
  return {
    name,
    preview: file,
    ask: async (asking) => {
      sent ??= shrinkPhoto(file);
      return predictPhoto(await sent, asking);
    },
  };
}

/** Every way in which a person hands photos over: chosen, dropped, pasted, by address. */
export function takePhotos(add: (photos: readonly AskedPhoto[]) => void): void {
  const addFiles = (files: Iterable<File>) =>
    add([...files].map((file) => toAskedPhoto(file, file.name || 'pasted photo')));
  takeChosen(addFiles);
  takeDropped(addFiles);
  document.addEventListener('paste', (event) => {
    if (event.target instanceof HTMLInputElement) return;
    addFiles(event.clipboardData?.files ?? []);
  });
  find('by-url', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    const field = find('url', HTMLInputElement);
    const url = field.value.trim();
    field.value = '';
    field.focus();
    // No preview: the page itself asks no one but its own service.
    if (url !== '') add([{ name: url, preview: undefined, ask: (asking) => predictUrl(url, asking) }]);
  });
  const address = find('address', HTMLDetailsElement);
  address.addEventListener('toggle', () => {
    if (address.open) find('url', HTMLInputElement).focus();
  });
  address.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    address.open = false;
    element(address, 'summary', HTMLElement).focus();
  });
}

function takeChosen(addFiles: (files: Iterable<File>) => void): void {
  const chooser = find('file', HTMLInputElement);
  find('choose', HTMLButtonElement).addEventListener('click', () => chooser.click());
  chooser.addEventListener('change', () => {
    addFiles(chooser.files ?? []);
    chooser.value = '';
  });
}

function takeDropped(addFiles: (files: Iterable<File>) => void): void {
  const { body } = document;
  for (const kind of ['dragover', 'dragenter'] as const) {
    document.addEventListener(kind, (event) => {
      event.preventDefault();
      body.classList.add('over');
    });
  }
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) body.classList.remove('over');
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    body.classList.remove('over');
    addFiles(event.dataTransfer?.files ?? []);
  });
}
