import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { showText } from '../../../cli/terminal/show-controls.ts';
import { forceColours, mapText, styled, toPlainText, toStyledText } from '../../../cli/terminal/styled-text.ts';

beforeEach(() => {
  vi.stubEnv('NO_COLOR', undefined);
  vi.stubEnv('FORCE_COLOR', undefined);
  vi.stubEnv('NODE_DISABLE_COLORS', undefined);
});
afterEach(() => vi.unstubAllEnvs());

const line = ['hat.jpg: ', styled('green', 'confident', '✓')];
const plain = 'hat.jpg: confident';
const colourful = 'hat.jpg: \x1b[32m✓ confident\x1b[39m';

function streamOf(isTTY: boolean): NodeJS.WriteStream {
  return Object.assign(new PassThrough(), { isTTY, getColorDepth: () => 4 }) as unknown as NodeJS.WriteStream;
}

it.each([
  ['a terminal', true, {}, colourful],
  ['a pipe', false, {}, plain],
  ['a pipe with FORCE_COLOR', false, { FORCE_COLOR: '1' }, colourful],
  ['a terminal with FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, plain],
])('in %s the looks are those that it has', (_case, isTTY, environment, text) => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);

  expect(toStyledText(line, streamOf(isTTY), showText)).toBe(text);
});

it.each([
  [true, { FORCE_COLOR: '1' }],
  [false, { NO_COLOR: '1' }],
])('asked for colours (%s) it sets the variable of that and takes the other away', (isOn, expected) => {
  const environment = { NO_COLOR: '1', FORCE_COLOR: '1' };

  forceColours(isOn, environment);

  expect(environment).toEqual(expected);
});

it('lets no piece command the terminal by itself', () => {
  const hostile = ['\x1b[2J', styled('red', '\x1b[31mhat')];

  expect(toStyledText(hostile, streamOf(true), showText)).toBe('\\x1b[2J\x1b[31m\\x1b[31mhat\x1b[39m');
});

it('keeps the looks of a text that is changed', () => {
  const shouted = mapText(line, (text) => text.toUpperCase());

  expect(toPlainText(shouted)).toBe('HAT.JPG: CONFIDENT');
  expect(shouted[1]).toMatchObject({ style: 'green', sign: '✓' });
});
