import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { entries, findEntry, format, recordOf } from '../../../cli/prebuilt/find-entry.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'lambda-lens-prebuilt-'));
const root = pathToFileURL(`${join(scratch, 'project')}/`);
const prebuilt = pathToFileURL(`${join(scratch, 'prebuilt')}/`);
const recordFile = new URL(recordOf(entries.command), prebuilt);
const source = join(scratch, 'project', 'source.ts');
afterAll(() => rmSync(scratch, { recursive: true }));

function writeRecord(record: object = {}): void {
  const { mtimeMs, size } = statSync(source);
  const files = [['source.ts', mtimeMs, size]];
  writeFileSync(recordFile, JSON.stringify({ format, project: root.href, files, ...record }));
}

beforeEach(() => {
  rmSync(prebuilt, { recursive: true, force: true });
  for (const folder of ['project', 'prebuilt']) mkdirSync(join(scratch, folder), { recursive: true });
  writeFileSync(source, 'export const one = 1;');
  writeRecord();
});

const sources = new URL('./cli/main.ts', root);

it('starts the prebuilt module while its sources are as they were', () => {
  expect(findEntry('classify', root, prebuilt)).toEqual(new URL(entries.command, prebuilt));
});

it('starts the service by a script and a record of its own', () => {
  expect(findEntry('serve', root, prebuilt)).toEqual(sources);

  renameSync(recordFile, new URL(recordOf(entries.service), prebuilt));

  expect(findEntry('serve', root, prebuilt)).toEqual(new URL(entries.service, prebuilt));
  expect(findEntry('classify', root, prebuilt)).toEqual(sources);
});

it.each([
  ['a source of another length', () => writeFileSync(source, 'export const one = 11;')],
  ['a source written again', () => utimesSync(source, 1, 1)],
  ['a source that is gone', () => rmSync(source)],
  ['a project that was moved or copied', () => writeRecord({ project: pathToFileURL('/elsewhere/').href })],
  ['a record of another format', () => writeRecord({ format: format + 1 })],
  ['a damaged record', () => writeFileSync(recordFile, '{')],
  ['no record', () => rmSync(recordFile)],
])('starts the sources with %s', (_title, change) => {
  change();

  expect(findEntry('classify', root, prebuilt)).toEqual(sources);
});
