import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { requireNew, requireNewFile } from '../../cli/require-new.ts';

const here = fileURLToPath(import.meta.url);
const missing = `${here}.missing`;

it('refuses what is there, by name', () => {
  expect(() => requireNew([missing, here], {})).toThrow(`${here} exists already.`);
});

it('wants a folder for a new file', () => {
  expect(() => requireNewFile('/nowhere/hat.png', { force: true })).toThrow('there is no folder /nowhere');
  expect(() => requireNewFile(missing, {})).not.toThrow();
  expect(() => requireNewFile(here, {})).toThrow('exists already');
});

it.each([
  [[missing], {}],
  [[here], { force: true }],
])('lets %j pass with %j', (paths, options) => {
  expect(() => requireNew(paths, options)).not.toThrow();
});
