import { readFile, writeFile } from 'node:fs/promises';

const file = new URL('../results/start.md', import.meta.url);

/** Puts a section (its heading in the first line) into bench/results/start.md, in the place of the one of the same heading. */
export async function writeSection(section: string): Promise<void> {
  await writeFile(file, replaceSection(await readFile(file, 'utf8'), section));
}

/** A text with a section of Markdown in the place of the one of the same heading, or at its end where it has none. */
export function replaceSection(text: string, section: string): string {
  const sections = text.trimEnd().split(/\n\n(?=## )/);
  const headingOf = (of: string) => of.split('\n', 1)[0];
  const at = sections.findIndex((other) => headingOf(other) === headingOf(section));
  return `${sections.with(at === -1 ? sections.push('') - 1 : at, section.trim()).join('\n\n')}\n`;
}
