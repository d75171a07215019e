import { copyText } from './copy.ts';
import { make } from './element.ts';

export interface CodeBox {
  readonly tabs: HTMLElement;
  readonly panel: HTMLElement;
  readonly copy: HTMLButtonElement;
}

/** Makes a tab for each of these texts, by name; arrow keys move between them. */
export function showTabs(snippets: Readonly<Record<string, string>>, { tabs, panel, copy }: CodeBox): void {
  const buttons = Object.keys(snippets).map((name, index) => {
    const button = make('button', '', name);
    button.type = 'button';
    button.id = `${panel.id}-tab-${index}`;
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
    panel.setAttribute('aria-labelledby', `${panel.id}-tab-${chosen}`);
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
