import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { findCodeCache } from '../../../cli/prebuilt/code-cache.mjs';
import { runCli } from '../run-cli.ts';

let folder: string;
let inProject: string;
let ofUser: string;
const find = () => findCodeCache(pathToFileURL(`${folder}/project/`), { HOME: join(folder, 'home') });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'code-cache-'));
  inProject = join(folder, 'project/node_modules/.cache/lambda-lens-code');
  ofUser = join(folder, 'home/.cache/lambda-lens');
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

it('lies in the project, for this user alone', () => {
  expect(find()).toBe(inProject);
  expect(statSync(inProject).mode & 0o777).toBe(0o700);
  expect(find()).toBe(inProject);
});

it.each([
  ['may be entered by others', () => chmodSync(inProject, 0o755)],
  ['may be written by others', () => chmodSync(inProject, 0o722)],
])("is the user's own where the one in the project %s", (_, spoil) => {
  mkdirSync(inProject, { recursive: true, mode: 0o700 });
  spoil();

  expect(find()).toBe(ofUser);
  expect(statSync(ofUser).mode & 0o777).toBe(0o700);
});

it.each([
  ['a link', () => symlinkSync(folder, inProject)],
  ['a file', () => writeFileSync(inProject, '')],
])("is the user's own where %s has its place in the project", (_, take) => {
  mkdirSync(join(inProject, '..'), { recursive: true });
  take();

  expect(find()).toBe(ofUser);
});

it("is nowhere where both are another user's", () => {
  mkdirSync(inProject, { recursive: true, mode: 0o700 });
  mkdirSync(ofUser, { recursive: true, mode: 0o700 });
  const { getuid } = process;
  if (getuid === undefined) return;
  vi.spyOn(process, 'getuid').mockReturnValue(getuid() + 1);

  expect(find()).toBeUndefined();
});

it('is nowhere without a home, where the project takes none', () => {
  writeFileSync(join(folder, 'project'), 'not a folder');

  expect(findCodeCache(pathToFileURL(`${folder}/project/`), {})).toBeUndefined();
  expect(existsSync(ofUser)).toBe(false);
});

it("is not the system's folder for temporary files, which others share", async () => {
  const { code } = await runCli(['cost', '--help'], { TMPDIR: folder });

  expect(code).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
});
