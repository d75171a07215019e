/** Orders names by their code units, so that they come alike on every machine. */
export function compareNames(one: { readonly name: string }, other: { readonly name: string }): number {
  return Number(one.name > other.name) - Number(one.name < other.name);
}
