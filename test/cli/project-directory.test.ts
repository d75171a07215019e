import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findProjectDirectory, readProjectName } from '../../cli/project-directory.ts';

let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'lambda-lens-project-'));
  mkdirSync(join(scratch, 'project', 'deep', 'down'), { recursive: true });
  writeFileSync(join(scratch, 'project', 'Pulumi.yaml'), 'name: my-shop\nruntime: nodejs\n');
  mkdirSync(join(scratch, 'broken'));
  writeFileSync(join(scratch, 'broken', 'Pulumi.yaml'), 'name: [');
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

it('finds the project from a folder in it', () => {
  expect(findProjectDirectory(join(scratch, 'project', 'deep', 'down'))).toBe(join(scratch, 'project'));
});

it('takes the folder itself where there is no project', () => {
  expect(findProjectDirectory(scratch)).toBe(scratch);
});

it('reads the name that stands before the keys of settings', () => {
  expect(readProjectName(join(scratch, 'project'))).toBe('my-shop');
  expect(readProjectName(scratch)).toBe('lambda-lens');
});

it('says which file is no YAML', () => {
  expect(() => readProjectName(join(scratch, 'broken'))).toThrow('Pulumi.yaml cannot be read');
});
