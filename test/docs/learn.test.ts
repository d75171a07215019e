import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from 'vitest';
import { program } from '../cli/run-cli.ts';
import { readChapterCommands, toExpression } from './chapter-commands.ts';
import { runCommands } from './run-commands.ts';

const directory = new URL('../../docs/learn/', import.meta.url);

const all = readChapterCommands();
const chapters = readdirSync(directory).filter((name) => /^\d/.test(name) && name.endsWith('.md'));

describe('a chapter of docs/learn', () => {
  it('has commands, all of them', () => {
    expect(chapters.filter((chapter) => !all.some((block) => block.chapter === chapter))).toEqual([]);
  });

  it.each(chapters)('shows a picture of the project: %s', (chapter) => {
    const [, picture = ''] =
      /!\[[^\]]+\]\(([^)]+\.svg)\)/.exec(readFileSync(new URL(chapter, directory), 'utf8')) ?? [];

    expect(existsSync(new URL(picture, directory))).toBe(true);
  });

  const byChapter = Map.groupBy(
    all.filter(({ needs }) => needs === 'clone'),
    ({ chapter }) => chapter,
  );

  it.each([...byChapter])('prints what it says it does: %s', async (_chapter, blocks) => {
    const needsService = blocks.some(({ commands }) => commands.includes('npm start'));
    const host = needsService ? (await service()).host : 'localhost:8080';

    for (const { commands, output } of blocks) {
      const own = commands.replace(/^npm start$/m, '').replaceAll('localhost:8080', host);
      const ran = await runCommands(own, { before: npxOfClone });

      expect(ran.code, ran.output).toBe(0);
      if (output !== undefined) expect(ran.output).toMatch(toExpression(output));
    }
  });

  it('finds the command of the clone by npx', async () => {
    const { output } = await runCommands('npx lambda-lens --version');

    expect(output).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

/** What npx comes to in a clone, without npm's own start, which takes longer than most commands run. */
const npxOfClone = `npx() { [ "$1" = lambda-lens ] && shift && "${process.execPath}" "${program}" "$@"; }`;

/** One for all chapters that start one. */
let started: ReturnType<typeof startService> | undefined;
function service() {
  started ??= startService();
  return started;
}
afterAll(async () => (await started)?.process.kill());

/** What `npm start` starts, on a port of its own. */
async function startService(): Promise<{ readonly process: ChildProcess; readonly host: string }> {
  const service = spawn(process.execPath, [program, 'serve'], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for await (const line of createInterface({ input: service.stdout })) {
    const [, host] = /https?:\/\/([^/\s]+)/.exec(line) ?? [];
    if (host !== undefined) return { process: service, host };
  }
  throw new Error('The service did not start.');
}
