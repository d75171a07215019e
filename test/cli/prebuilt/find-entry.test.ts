import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { findEntry, format } from '../../../cli/prebuilt/find-entry.mjs';
import { prebuild } from '../../../cli/prebuilt/prebuild.ts';

const scratch = mkdtempSync(join(tmpdir(), 'lambda-lens-prebuilt-'));
const root = pathToFileURL(`${join(scratch, 'project')}/`);
const prebuilt = pathToFileURL(`${join(scratch, 'prebuilt')}/`);
const source = join(scratch, 'project', 'source.ts');
afterAll(() => rmSync(scratch, { recursive: true }));

function writeRecord(record: object = {}): void {
  const { mtimeMs, size } = statSync(source);
  const files = [['source.ts', mtimeMs, size]];
  writeFileSync(new URL('./record.json', prebuilt), JSON.stringify({ format, project: root.href, files, ...record }));
}

beforeEach(() => {
  for (const folder of ['project', 'prebuilt']) mkdirSync(join(scratch, folder), { recursive: true });
  writeFileSync(source, 'export const one = 1;');
  writeRecord();
});

const sources = new URL('./cli/main.ts', root).href;

it('starts the prebuilt module while its sources are as they were', () => {
  expect(findEntry(root, prebuilt)).toBe(new URL('./main.mjs', prebuilt).href);
});

it.each([
  ['a source of another length', () => writeFileSync(source, 'export const one = 11;')],
  ['a source written again', () => utimesSync(source, 1, 1)],
  ['a source that is gone', () => rmSync(source)],
  ['a project that was moved or copied', () => writeRecord({ project: pathToFileURL('/elsewhere/').href })],
  ['a record of another format', () => writeRecord({ format: format + 1 })],
  ['a damaged record', () => writeFileSync(new URL('./record.json', prebuilt), '{')],
  ['no record', () => rmSync(new URL('./record.json', prebuilt))],
])('starts the sources with %s', (_title, change) => {
  change();
  expect(findEntry(root, prebuilt)).toBe(sources);
});

it('builds a command that runs', async () => {
  const out = pathToFileURL(`${join(scratch, 'built')}/`);
  await prebuild(out);
  const main = join(scratch, 'built', 'main.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [main, 'serve', '--help']);
  expect(stdout).toContain('run the service on this machine');
});
