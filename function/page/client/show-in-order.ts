/** Makes these the children of a container, in this order; what has the focus keeps it while it stays. */
export function showInOrder(container: Element, wanted: readonly Element[]): void {
  const { children } = container;
  let isSame = true;
  for (const [at, element] of wanted.entries()) {
    const there = children[at];
    if (there === element) continue;
    isSame = false;
    // New ones at the end are put there without touching the others.
    if (there !== undefined) break;
    container.append(element);
  }
  if (children.length === wanted.length && (isSame || wanted.every((element, at) => children[at] === element))) return;
  const focused = document.activeElement;
  container.replaceChildren(...wanted);
  if (focused instanceof HTMLElement && focused !== document.activeElement && container.contains(focused)) {
    focused.focus({ preventScroll: true });
  }
}
