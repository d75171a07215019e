import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { afterAll, expect, it } from 'vitest';
import { readCommandWords } from '../../../cli/completion/command-words.ts';
import { type Shell, writeCompletion } from '../../../cli/completion/write-completion.ts';

const folder = mkdtempSync(join(tmpdir(), 'completion-'));
afterAll(() => rmSync(folder, { recursive: true }));

const program = new Command('my-lens');
program
  .command('classify')
  .description("say a photo's label")
  .addOption(new Option('--format <name>').choices(['table', 'csv']))
  .option('--out <file>')
  .option('--resume');
program.command('image').command('push').option('-b, --base <image>');
const words = readCommandWords(program);

it('reads commands, their commands, options and listed values of the parser', () => {
  const [classify, image] = words.subcommands;

  expect(classify?.options[0]).toMatchObject({ flags: ['--format'], takesValue: true, choices: ['table', 'csv'] });
  expect(image?.subcommands[0]).toMatchObject({ path: ['image', 'push'] });
});

// Completed by bash itself, which every machine has that these tests run on.
it.each([
  [['cl'], 'classify'],
  [[''], 'classify image -h --help'],
  [['classify', '--re'], '--resume'],
  [['classify', '--format', ''], 'table csv'],
  [['classify', '--format', 'c'], 'csv'],
  [['classify', '--out', ''], ''],
  [['image', ''], 'push -h --help'],
  [['image', 'push', '--'], '--base --help'],
])('in bash %j leads to: %s', (typed, replies) => {
  const script = `${writeCompletion('bash', 'my-lens', words)}
COMP_WORDS=(my-lens ${typed.map((word) => `'${word}'`).join(' ')}) COMP_CWORD=${typed.length}
_my_lens_complete
echo "\${COMPREPLY[*]}"`;

  expect(execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim()).toBe(replies);
});

it('writes for zsh what lets it run the script of bash', () => {
  expect(writeCompletion('zsh', 'my-lens', words)).toMatch(/bashcompinit\n_my_lens_complete\(\)/);
});

it('writes a line for each command, option and value in fish, quotes kept', () => {
  const lines = writeCompletion('fish', 'my-lens', words).split('\n');

  expect(lines).toContain(
    "complete -c my-lens -n 'not __fish_seen_subcommand_from classify image' -f -a classify -d 'say a photo\\'s label'",
  );
  expect(lines).toContain(
    "complete -c my-lens -n '__fish_seen_subcommand_from classify' -l format -x -a 'table csv' -d ''",
  );
  expect(lines.find((line) => line.includes('-s b -l base'))).toContain(
    "-n '__fish_seen_subcommand_from image; and __fish_seen_subcommand_from push'",
  );
});

it.each(['bash', 'zsh', 'fish'] satisfies Shell[])('is understood by %s where that is installed', (shell) => {
  const path = join(folder, `script.${shell}`);
  writeFileSync(path, writeCompletion(shell, 'my-lens', words));

  const isInstalled = execFileSync('sh', ['-c', `command -v ${shell} || true`], { encoding: 'utf8' }) !== '';

  if (isInstalled) expect(() => execFileSync(shell, ['-n', path])).not.toThrow();
});
