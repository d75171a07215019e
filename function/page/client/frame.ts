import { element, make } from './element.ts';
import { showTabs } from './tabs.ts';
import { tryRequests } from './try-it.ts';

// Examples of calls name this very service.
for (const place of document.querySelectorAll('.base')) place.textContent = new URL('.', document.baseURI).href;
for (const calls of document.querySelectorAll<HTMLElement>('.calls')) putInTabs(calls);
tryRequests();

/** Of the languages, which without a script open one below the other, makes tabs. */
function putInTabs(calls: HTMLElement): void {
  const languages = [...calls.querySelectorAll('details')];
  const texts = languages.map((each) => [
    element(each, 'summary', HTMLElement).textContent ?? '',
    element(each, 'pre', HTMLElement).textContent ?? '',
  ]);
  const box = make('div', 'code');
  const head = make('div', 'code-head');
  const tabs = make('div', 'tabs');
  tabs.setAttribute('role', 'tablist');
  tabs.setAttribute('aria-label', element(calls, 'p', HTMLElement).textContent ?? '');
  const copy = make('button', '', 'Copy');
  copy.type = 'button';
  const panel = make('div', 'snippet');
  panel.id = `${calls.id}-text`;
  panel.setAttribute('role', 'tabpanel');
  head.append(tabs, copy);
  box.append(head, panel);
  for (const language of languages) language.remove();
  calls.append(box);
  showTabs(Object.fromEntries(texts), { tabs, panel, copy });
}
