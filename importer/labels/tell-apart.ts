/** A label and, where the file has one, a name that no other has, such as WordNet's number. */
export interface NamedLabel {
  readonly label: string;
  readonly id?: string;
}

/**
 * Each label once: of those that come twice each gets its own name behind it, `crane (n02012849)`, or its place among them,
 * `crane (2)`.
 */
export function tellApart(labels: readonly NamedLabel[]): string[] {
  const counts = new Map<string, number>();
  for (const { label } of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const taken = new Set(labels.filter(({ label }) => counts.get(label) === 1).map(({ label }) => label));
  const seen = new Map<string, number>();
  return labels.map(({ label, id }) => {
    if (counts.get(label) === 1 || label === '') return label;
    const place = (seen.get(label) ?? 0) + 1;
    seen.set(label, place);
    const name = [id && `${label} (${id})`, place === 1 ? label : `${label} (${place})`].find(
      (one) => one !== undefined && one !== '' && !taken.has(one),
    );
    const unique = name ?? `${label} (${place}, output ${taken.size})`;
    taken.add(unique);
    return unique;
  });
}
