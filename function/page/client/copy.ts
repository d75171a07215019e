const shownForInMs = 2_000;

/** Makes a button copy a text; where the browser keeps the clipboard to itself, it selects `fallback` for the keys. */
export function copyText(button: HTMLButtonElement, text: () => string, fallback?: HTMLElement): void {
  const words = button.textContent;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = 'Copied';
    } catch {
      // No clipboard without HTTPS or permission.
      if (fallback === undefined) button.textContent = 'Not allowed here';
      else {
        getSelection()?.selectAllChildren(fallback);
        button.textContent = 'Selected';
      }
    }
    setTimeout(() => {
      button.textContent = words;
    }, shownForInMs);
  });
}
