import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
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
    const service = blocks.some(({ commands }) => commands.includes('npm start')) ? await startService() : undefined;
    try {
      for (const { commands, output } of blocks) {
        const ran = await runCommands(
          commands.replace(/^npm start$/m, '').replaceAll('localhost:8080', service?.host ?? 'localhost:8080'),
        );

        expect(ran.code, ran.output).toBe(0);
        if (output !== undefined) expect(ran.output).toMatch(toExpression(output));
      }
    } finally {
      service?.process.kill();
    }
  });
});

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
