import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { callCli } from './call-cli.ts';
import { runCli, spawnCli } from './run-cli.ts';

it('lists its commands and exit codes', async () => {
  const { output, code } = await callCli(['--help']);

  expect(code).toBe(0);

  for (const words of ['serve', 'classify', 'import', 'cost', 'Exit codes', '--debug']) expect(output).toContain(words);
});

it.each(['-v', '--version'])('says its version with %s', async (flag) => {
  const { output, code } = await runCli([flag]);

  expect(code).toBe(0);
  expect(output).toMatch(/^\d+\.\d+\.\d+\n$/);
});

it.each([[['constructor']], [['serve', '--nonsense']]])('with %j ends with 2 and a way to help', async (words) => {
  const { errors, code } = await callCli(words);

  expect(code).toBe(2);
  expect(errors).toMatch(/--help|Usage/);
});

it.each([
  [{ PORT: 'http' }, 'PORT is "http"'],
  [{ CORS_ORIGINS: 'shop' }, 'CORS_ORIGINS is "shop"'],
  [{ PORT: '0', MODEL_DIRECTORY: '/nowhere' }, '/nowhere'],
])('refuses to serve with %j in a sentence and a hint', async (environment, words) => {
  const { errors, code } = await runCli(['serve'], environment);

  expect(code).toBe(1);
  expect(errors).toContain(words);
  expect(errors.trim().split('\n')).toHaveLength(2);
});

it('says in words which path cannot be used', async () => {
  const { errors, code } = await callCli(['cost', '--chart', '/nowhere/cost.svg']);

  expect(code).toBe(1);
  expect(errors).toMatch(
    /^lambda-lens: \/nowhere\/cost\.svg cannot be used: there is no such file or folder\.\nCheck the path/,
  );
});

it.each([
  'serve',
  'classify',
  'import',
  'check',
  'calibrate',
  'evaluate',
  'cost',
  'doctor',
])('%s has a help with examples', async (command) => {
  const { output, code } = await callCli([command, '--help']);

  expect(code).toBe(0);
  expect(output).toMatch(new RegExp(`Examples:\\n  lambda-lens ${command}\\b`));

  if (command !== 'serve') expect(output).toContain('--json');
});

it('ends without a word when nobody reads on', async () => {
  const child = spawnCli(['--help']);
  child.stdout.destroy();

  expect(await text(child.stderr)).toBe('');
});

it('shows where an error comes from with --debug', async () => {
  const { errors, code } = await runCli(['serve', '--debug'], { PORT: 'http' });

  expect(code).toBe(1);
  expect(errors).toMatch(/\n {4}at /);
});

it.each([
  [['--color'], {}, true],
  [['--no-color'], { FORCE_COLOR: '1' }, false],
  [[], { FORCE_COLOR: '1', NO_COLOR: undefined }, true],
  [[], {}, false],
])('with %j and %j in a pipe, colours are on: %s', async (flags, environment, isOn) => {
  const { errors } = await callCli(['serve', ...flags], { PORT: 'http', FORCE_COLOR: undefined, ...environment });

  expect(errors.startsWith(isOn ? '\x1b[31m✗ lambda-lens:\x1b[39m PORT' : 'lambda-lens: PORT')).toBe(true);
});
