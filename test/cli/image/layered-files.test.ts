import { expect, it } from 'vitest';
import { LayeredFiles } from '../../../cli/image/layered-files.ts';
import type { TarEntry } from '../../../cli/image/tar-archive.ts';

const file = (path: string, text = path): TarEntry => ({ kind: 'file', path, mode: 0o644, bytes: Buffer.from(text) });
const link = (path: string, target: string, isHard = false): TarEntry => ({ kind: 'link', path, target, isHard });

function layered(...layers: readonly (readonly TarEntry[])[]): (path: string) => string | undefined {
  const files = new LayeredFiles();
  for (const layer of layers) files.add(layer, (path) => !path.startsWith('unwanted/'));
  return (path) => {
    const found = files.find(path);
    return found === undefined ? undefined : Buffer.from(found.bytes).toString();
  };
}

it('has of each path what the last layer says', () => {
  expect(layered([file('a', 'old')], [file('a', 'new')])('a')).toBe('new');
});

it('keeps nothing that is not wanted', () => {
  expect(layered([file('unwanted/a')])('unwanted/a')).toBeUndefined();
});

it.each([
  ['beside it', [file('usr/lib/real'), link('usr/lib/name', 'real')]],
  ['above it', [file('usr/real'), link('usr/lib/name', '../real')]],
  ['from the root', [file('usr/real'), link('usr/lib/name', '/usr/real')]],
  ['hard, from the root', [file('usr/real'), link('usr/lib/name', 'usr/real', true)]],
  ['out of the root, which stays within', [file('real'), link('usr/lib/name', '../../../../real')]],
  ['by a directory', [file('data/name'), link('usr/lib', '../data')]],
])('follows a link to what lies %s', (_where, entries) => {
  expect(layered(entries)('usr/lib/name')).toMatch(/real|name/);
});

it('asks for a directory’s link only above what is looked for', () => {
  expect(layered([file('usr/lib/real'), link('usr/lib/name', 'real/within')])('usr/lib/name')).toBeUndefined();
});

it('finds nothing behind links that lead in a circle', () => {
  expect(layered([link('a', 'b'), link('b', 'a')])('a')).toBeUndefined();
});

it('forgets what a later layer takes away, a directory with all in it', () => {
  const find = layered([file('etc/a'), file('etc/b/c')], [file('etc/.wh.a'), file('etc/.wh.b')]);

  expect([find('etc/a'), find('etc/b/c')]).toEqual([undefined, undefined]);
});

it('keeps of a directory that is made anew what the same layer puts there', () => {
  const find = layered([file('etc/a')], [file('etc/b'), file('etc/.wh..wh..opq')]);

  expect([find('etc/a'), find('etc/b')]).toEqual([undefined, 'etc/b']);
});
