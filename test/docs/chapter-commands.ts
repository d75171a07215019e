import { readdirSync, readFileSync } from 'node:fs';

const directory = new URL('../../docs/learn/', import.meta.url);

/** What a chapter's commands need: nothing but a clone, a Docker engine, or a stack on AWS. */
export type Needs = 'clone' | 'docker' | 'aws';

/** A block of commands of a chapter, and what it says that they print. */
export interface ChapterCommands {
  readonly chapter: string;
  readonly needs: Needs;
  readonly commands: string;
  /** `…` stands for anything on a line, and on a line of its own for any lines. Undefined where the chapter shows nothing. */
  readonly output: string | undefined;
}

const block = /^```sh(?: (docker|aws))?\n(.*?)^```$(?:\n\n^```text\n(.*?)^```$)?/gms;

/** Every block of commands in docs/learn, in order. */
export function readChapterCommands(): readonly ChapterCommands[] {
  const chapters = readdirSync(directory).filter((name) => name.endsWith('.md'));
  return chapters.flatMap((chapter) => {
    const text = readFileSync(new URL(chapter, directory), 'utf8');
    return [...text.matchAll(block)].map(([, needs, commands = '', output]) => ({
      chapter,
      needs: needs === 'docker' || needs === 'aws' ? needs : ('clone' as const),
      commands,
      output,
    }));
  });
}

/** An expression for what a chapter says that is printed. */
export function toExpression(output: string): RegExp {
  const lines = output.trimEnd().split('\n');
  const escaped = lines.map((line) =>
    line === '…' ? '(?:.*\\n)*?' : `${line.split('…').map(escapeText).join('.*')}\\n`,
  );
  return new RegExp(`^${escaped.join('')}${lines.at(-1) === '…' ? '[^]*' : ''}$`);
}

function escapeText(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
