import { expect, it } from 'vitest';
import { readTar, writeTar } from '../../../cli/image/tar-archive.ts';

const file = (text: string, mode = 0o644) => ({ mode, bytes: Buffer.from(text) });
const files = new Map([
  ['function/model/card.json', file('{}')],
  ['function/index.mjs', file('x'.repeat(700), 0o755)],
]);

it('holds files and the directories above them, in one order, whatever order they came in', () => {
  const archive = writeTar(files);
  const paths = [...readTar(archive)].map(({ path }) => path);

  expect(paths).toEqual(['function', 'function/index.mjs', 'function/model', 'function/model/card.json']);
  expect(writeTar(new Map([...files].reverse()))).toEqual(archive);
});

it('reads back what was written', () => {
  const read = [...readTar(writeTar(files))].filter((entry) => entry.kind === 'file');

  expect(read.map(({ path, mode, bytes }) => [path, mode, String(bytes)])).toEqual([
    ['function/index.mjs', 0o755, 'x'.repeat(700)],
    ['function/model/card.json', 0o644, '{}'],
  ]);
});

const longPath = `usr/${'long/'.repeat(40)}name`;

it.each([
  ['a GNU long name', member('L', `${longPath}\0`)],
  ['a pax header', member('x', record('path', longPath))],
])('takes a path from %s', (_what, before) => {
  const archive = Buffer.concat([before, member('0', 'content', 'short'), Buffer.alloc(1_024)]);

  expect([...readTar(archive)]).toMatchObject([{ kind: 'file', path: longPath }]);
});

it.each([
  [
    'a wrong checksum',
    () => Buffer.concat([member('0', 'content').fill(1, 148, 154), Buffer.alloc(1_024)]),
    /checksum/,
  ],
  ['a member longer than the archive', () => member('0', 'content').subarray(0, 600), /has 1000 bytes/],
  ['a pax record longer than its header', () => member('x', '99 path=a\n'), /long names/],
] as const)('refuses %s', (what, build, message) => {
  const archive = what.startsWith('a member') ? member('0', 'c'.repeat(1_000)).subarray(0, 600) : build();

  expect(() => [...readTar(archive)]).toThrow(message);
});

/** One member, its name and its content. */
function member(type: string, content: string, name = 'name'): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write(Buffer.byteLength(content).toString(8).padStart(11, '0'), 124);
  header.write(type, 156);
  header.write('ustar\0', 257);
  const sum = header.fill(' ', 148, 156).reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, Buffer.from(content), Buffer.alloc(-Buffer.byteLength(content) & 511)]);
}

function record(name: string, value: string): string {
  const rest = ` ${name}=${value}\n`;
  const length = [rest.length + 2, rest.length + 3].find((total) => String(total).length + rest.length === total) ?? 0;
  return length + rest;
}
