/** What this program reads of Stryker's report (mutation-testing-report-schema). */
export interface MutationReport {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

const caught = ['Killed', 'Timeout', 'RuntimeError', 'CompileError'];
const missed = ['Survived', 'NoCoverage'];

/** Each change that no test noticed, with its place, and the share that one did. */
export function describeMutants({ files }: MutationReport): string {
  const all = Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.map((mutant) => ({ file, source, mutant })),
  );
  const survivors = all.filter(({ mutant }) => missed.includes(mutant.status));
  const judged = survivors.length + all.filter(({ mutant }) => caught.includes(mutant.status)).length;
  const lines = survivors.map(({ file, source, mutant }) => {
    const { start } = mutant.location;
    const was = textAt(source, mutant.location);
    return `${file}:${start.line}:${start.column} ${mutant.status} ${shorten(was)} -> ${shorten(mutant.replacement ?? '')}`;
  });
  const share = judged === 0 ? '' : ` (${((1 - survivors.length / judged) * 100).toFixed(1)} %)`;
  return [...lines, `${judged - survivors.length} of ${judged} changes were noticed${share}`].join('\n');
}

function textAt(source: string, { start, end }: Mutant['location']): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  return lines
    .map((line, index) => line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined))
    .join('\n');
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= 70 ? line : `${line.slice(0, 69)}…`;
}
