import { element } from './element.ts';

/** Makes each form `.try` of the page send its example to this very service, and show what comes back. */
export function tryRequests(): void {
  for (const form of document.querySelectorAll('form.try')) {
    const output = element(form.parentElement ?? document, 'pre.answer', HTMLElement);
    const button = element(form, 'button', HTMLButtonElement);
    // It scrolls by itself, so the keyboard must reach it.
    output.tabIndex = 0;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      output.hidden = false;
      output.textContent = 'Asking…';
      const startedAt = performance.now();
      output.textContent = await describe(button.dataset, startedAt).catch(() => 'The service could not be reached.');
    });
  }
}

/** What a button says of its request: a path, and perhaps a photo to send to it. */
async function describe({ path = '', photo }: DOMStringMap, startedAt: number): Promise<string> {
  const body = photo === undefined ? undefined : await (await fetch(photo)).blob();
  const response = await fetch(path, body === undefined ? {} : { method: 'POST', body });
  const text = await response.text();
  const milliseconds = Math.round(performance.now() - startedAt);
  return `${response.status}, after ${milliseconds} ms\n${prettify(text)}`;
}

function prettify(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
