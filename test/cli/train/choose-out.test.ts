import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { chooseOut } from '../../../cli/train/choose-out.ts';

const folder = mkdtempSync(join(tmpdir(), 'choose-out-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

const card = (version: string) => JSON.stringify({ version });
let projects = 0;

/** A project that the command runs in, and the shipped model beside it. */
function makeProject(files: Readonly<Record<string, string>>): string {
  const project = join(folder, String(projects++));
  for (const [name, text] of Object.entries({ 'shipped/card.json': card('shipped'), ...files })) {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    writeFileSync(join(project, name), text);
  }
  vi.spyOn(process, 'cwd').mockReturnValue(project);
  return project;
}

const choose = (project: string, out?: string) => chooseOut(out, 'photos/cats', join(project, 'shipped'));
const stack = (directory: string) => `config:\n  mine:modelDirectory: ${directory}\n`;

it.each([
  [
    'what its stack serves',
    { 'Pulumi.dev.yaml': stack('model/cats'), 'model/cats/card.json': card('own') },
    'model/cats',
    true,
  ],
  ['a folder of its own beside the shipped model', { 'Pulumi.dev.yaml': stack('shipped') }, 'model/cats', false],
  ['a folder of its own where no stack says', { 'Pulumi.dev.yaml': 'config: {}\n' }, 'model/cats', false],
  ['what a project by init has', { 'model/model.json': '', 'model/card.json': card('own') }, 'model', true],
  [
    'a folder beside the clothes that init brings',
    { 'model/model.json': '', 'model/card.json': card('shipped') },
    'model-cats',
    false,
  ],
  [
    'a folder of its own where stacks differ',
    { 'Pulumi.a.yaml': stack('one'), 'Pulumi.b.yaml': stack('two') },
    'model/cats',
    false,
  ],
])('chooses %s', async (_what, files, directory, isDeployed) => {
  const project = makeProject({ 'Pulumi.yaml': 'name: mine\n', ...files });

  expect(await choose(project)).toEqual({ directory: join(project, directory), isDeployed });
});

it('does as it is told', async () => {
  const project = makeProject({});

  expect(await choose(project, join(project, 'there'))).toEqual({
    directory: join(project, 'there'),
    isDeployed: false,
  });
});
