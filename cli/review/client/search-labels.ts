/** What a text in the search box leads to. */
export interface FoundLabels {
  readonly names: ReadonlySet<string>;
  /** The label that Enter takes: of the same name, or else the first that fits. */
  readonly first: string | undefined;
  /** The new label that the text would make; undefined where it is one already, or nothing. */
  readonly addable: string | undefined;
}

/** Labels in which the text stands, letters of either case and composed or not; with an empty text all of them. */
export function searchLabels(names: readonly string[], text: string): FoundLabels {
  const wanted = fold(text.trim());
  const fitting = names.filter((name) => fold(name).includes(wanted));
  const same = names.find((name) => fold(name) === wanted);
  return {
    names: new Set(fitting),
    first: wanted === '' ? undefined : (same ?? fitting[0]),
    addable: wanted === '' || same !== undefined ? undefined : text.trim(),
  };
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
