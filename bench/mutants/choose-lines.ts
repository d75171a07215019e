/** Numbers of `count` lines that hold code, counted from 1; all of them where there are no more. */
export function chooseLines(source: string, count: number, random: () => number): number[] {
  const left = source.split('\n').flatMap((line, index) => (holdsCode(line) ? [index + 1] : []));
  const chosen: number[] = [];
  while (chosen.length < count && left.length > 0) {
    chosen.push(...left.splice(Math.floor(random() * left.length), 1));
  }
  return chosen.sort((a, b) => a - b);
}

/** Comments, imports, declarations of types and lone brackets have no token that matters. */
function holdsCode(line: string): boolean {
  const text = line.trim();
  return /\w/.test(text) && !/^(\/[/*]|\*|import |export (type|interface)|interface |type |readonly )/.test(text);
}
