import { copyText } from './copy.ts';
import { make } from './element.ts';

function snippetsFor(endpoint: string): Readonly<Record<string, string>> {
  return {
    curl: `curl --data-binary @photo.jpg -H 'content-type: image/jpeg' '${endpoint}'`,
    JavaScript: `const response = await fetch('${endpoint}', {
  method: 'POST',
  headers: { 'content-type': 'image/jpeg' },
  body: photo, // a File, a Blob or bytes
});
const { label, probability, verdict } = await response.json();`,
    Python: `import requests

with open("photo.jpg", "rb") as photo:
    answer = requests.post(
        "${endpoint}",
        data=photo,
        headers={"content-type": "image/jpeg"},
    ).json()
print(answer["label"], answer["probability"], answer["verdict"])`,
  };
}

/** Makes the tabs that show how to call this very endpoint; arrow keys move between them. */
export function showSnippets(tabs: HTMLElement, panel: HTMLElement, copy: HTMLButtonElement): void {
  const snippets = snippetsFor(new URL('predict', document.baseURI).href);
  const buttons = Object.keys(snippets).map((name, index) => {
    const button = make('button', '', name);
    button.type = 'button';
    button.id = `tab-${index}`;
    button.setAttribute('role', 'tab');
    button.setAttribute('aria-controls', panel.id);
    button.addEventListener('click', () => select(index));
    return button;
  });
  const select = (chosen: number) => {
    for (const [index, button] of buttons.entries()) {
      button.setAttribute('aria-selected', String(index === chosen));
      button.tabIndex = index === chosen ? 0 : -1;
    }
    panel.setAttribute('aria-labelledby', `tab-${chosen}`);
    panel.textContent = Object.values(snippets)[chosen] ?? '';
  };
  tabs.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const next = (buttons.findIndex((button) => button.tabIndex === 0) + step + buttons.length) % buttons.length;
    select(next);
    buttons[next]?.focus();
  });
  copyText(copy, () => panel.textContent ?? '', panel);
  // A panel without a control inside takes the focus itself, so that the keyboard can scroll it.
  panel.tabIndex = 0;
  tabs.append(...buttons);
  select(0);
}
