import type { HealthBody } from '../../../facts/answers.ts';
import { element } from './element.ts';
import { isForUpload } from './is-for-upload.ts';
import type { AskedPhoto } from './photo-entry.ts';
import { predictPhoto, predictUrl } from './service.ts';
import { sentAsItIsInBytes, shrinkPhoto } from './shrink.ts';
import { createUpload, UploadFailure } from './upload.ts';

const find = <T extends Element>(id: string, kind: new () => T) => element(document, `#${id}`, kind);

/** What is known of the service; undefined where it does not answer. */
type LoadHealth = () => Promise<HealthBody | undefined>;

/**
 * A file as the gallery takes it: made smaller at its first use where it is large, or sent as it is where the service takes
 * large ones.
 */
export function toAskedPhoto(file: Blob, name: string, loadHealth?: LoadHealth): AskedPhoto {
  let sent: Promise<Blob> | undefined;
  const upload = createUpload(file);
  let isUploaded: boolean | undefined;
  return {
    name,
    preview: file,
    ask: async (asking) => {
      isUploaded ??= file.size > sentAsItIsInBytes && isForUpload(file, await loadHealth?.());
      try {
        if (isUploaded) return await upload(asking);
      } catch (error) {
        if (!(error instanceof UploadFailure)) throw error;
        isUploaded = false;
      }
      sent ??= shrinkPhoto(file);
      return predictPhoto(await sent, asking);
    },
  };
}

/** Every way in which a person hands photos over: chosen, dropped, pasted, by address. */
export function takePhotos(add: (photos: readonly AskedPhoto[]) => void, loadHealth: LoadHealth): void {
  const addFiles = (files: Iterable<File>) =>
    add([...files].map((file) => toAskedPhoto(file, file.name || 'pasted photo', loadHealth)));
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
