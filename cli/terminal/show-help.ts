import { fitLines } from './fit-lines.ts';
import { type Printable, type StyledText, styled } from './styled-text.ts';

/** What a pipe gets, as Commander lays out its part of a help. */
const columnsOfPipe = 80;
const heading = /^(Usage|[A-Z][A-Za-z ]+(?=:$)):/;

/** A command's help with its prose laid out anew for a terminal of so many columns, its headings bold. */
export function showHelp(text: string, columns: number | undefined): Printable {
  const width = columns ?? columnsOfPipe;
  const lines = joinProse(text.trimEnd().split('\n')).map((line) =>
    // In a pipe a line of the shell stays in one piece.
    columns === undefined && line.startsWith(' ') ? line : fitLines(line, width),
  );
  return lines.flatMap((line, at): (string | StyledText)[] => {
    const end = at === lines.length - 1 ? '' : '\n';
    const [title] = heading.exec(line) ?? [];
    return title === undefined ? [line + end] : [styled('bold', title), line.slice(title.length) + end];
  });
}

/** Lines of one paragraph become one: where its source breaks them says nothing. */
function joinProse(lines: readonly string[]): string[] {
  const isProse = (line: string) => line !== '' && !line.startsWith(' ') && !heading.test(line);
  const joined: string[] = [];
  let isOpen = false;
  for (const line of lines) {
    const last = joined.pop();
    if (last !== undefined && isOpen && isProse(line)) joined.push(`${last} ${line}`);
    else joined.push(...(last === undefined ? [] : [last]), line);
    isOpen = isProse(line);
  }
  return joined;
}
