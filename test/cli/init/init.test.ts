import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { toProjectName } from '../../../cli/init/describe-project.ts';
import { placeholders } from '../../../cli/init/fill-template.ts';
import { findOwnSource } from '../../../cli/init/find-own-source.ts';
import { encodeRgbPng } from '../../helpers/png-file.ts';
import { fillPixels } from '../../helpers/tiny-model.ts';
import { callCli } from '../call-cli.ts';
import { runCli } from '../run-cli.ts';

let scratch: string;

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'lambda-lens-init-'));
});

const listFiles = (directory: string) =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(directory, file)).isFile())
    .sort();

afterEach(() => rmSync(scratch, { recursive: true, force: true }));

describe('lambda-lens init', () => {
  it('makes a project with the clothes model, its stack, and photos whose labels are known', async () => {
    const directory = join(scratch, 'My Clothes');

    const { code, output } = await callCli(['init', directory]);

    expect(code).toBe(0);
    expect(output).toContain('npm run deploy');
    const project = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    expect(project).toMatchObject({ name: 'my-clothes', scripts: { start: 'lambda-lens serve --model model' } });
    expect(project.allowScripts).toEqual({ node: true });
    expect(parse(readFileSync(join(directory, 'pnpm-workspace.yaml'), 'utf8')).allowBuilds.node).toBe(true);
    expect(readFileSync(join(directory, 'Pulumi.yaml'), 'utf8')).toMatch(/^name: my-clothes\n/);
    expect(readFileSync(join(directory, 'Pulumi.dev.yaml'), 'utf8')).toContain('my-clothes:functionUrl: public');
    for (const file of [
      'index.ts',
      '.gitignore',
      'README.md',
      'photos/sample.jpg',
      'test/photos/hat/hat.jpg',
      'model/examples/cat.jpg',
    ]) {
      expect(existsSync(join(directory, file)), file).toBe(true);
    }
    expect(existsSync(join(directory, 'test/photos/cat'))).toBe(false);
    expect(JSON.parse(readFileSync(join(directory, 'model/card.json'), 'utf8')).name).toBe('clothing');
  });

  it('trains a model on photos of two labels, five each', async () => {
    const photos = join(scratch, 'photos');
    for (const [label, colour] of Object.entries({ red: [220, 30, 30], green: [30, 220, 30] } as const)) {
      mkdirSync(join(photos, label), { recursive: true });
      for (let index = 0; index < 5; index++) {
        const [red, green, blue] = colour;
        const pixels = fillPixels(8, 8, [red - 9 * index, green - 9 * index, blue]);
        writeFileSync(join(photos, label, `${index}.png`), encodeRgbPng(pixels));
      }
    }
    const directory = join(scratch, 'my-colours');
    const environment = { XDG_CACHE_HOME: join(scratch, 'cache') };

    const { code, output } = await callCli(['init', directory, '--photos', photos], environment);

    expect(code).toBe(0);
    expect(output).toMatch(/10 photos are too few to say how often the model is right.*npm run deploy/s);
    expect(output).not.toContain('\n\n\n');
    expect(JSON.parse(readFileSync(join(directory, 'model/card.json'), 'utf8'))).toMatchObject({
      name: 'my-colours',
      labels: ['green', 'red'],
      trained: { body: 'efficientnet-lite0' },
    });
    expect(existsSync(join(directory, 'test/photos'))).toBe(false);
  });

  it('makes a template of the same files, with the names that "pulumi new" fills in', async () => {
    const template = join(scratch, 'template');
    const project = join(scratch, 'project');

    const { code, output } = await callCli(['init', template, '--template']);
    await callCli(['init', project]);

    expect(code).toBe(0);
    expect(output).toContain('pulumi new');
    expect(listFiles(template)).toEqual(listFiles(project));
    const program = parse(readFileSync(join(template, 'Pulumi.yaml'), 'utf8'));
    expect(program).toMatchObject({ ...placeholders, template: { config: { 'aws:region': {} } } });
    const stack = readFileSync(join(template, 'Pulumi.dev.yaml'), 'utf8');
    expect(parse(stack).config).toMatchObject({ functionUrl: 'public' });
    const { name, dependencies } = JSON.parse(readFileSync(join(template, 'package.json'), 'utf8'));
    expect(name).toBe(placeholders.name);
    // A path from here would lead nowhere from the project that is made of it.
    expect(dependencies['lambda-lens']).toMatch(/^file:(\/|[A-Z]:)/);
  });

  it('refuses a folder that is not empty and names what it would overwrite', async () => {
    writeFileSync(join(scratch, 'package.json'), '{}');
    writeFileSync(join(scratch, 'notes.txt'), 'mine');

    const { code, errors } = await callCli(['init', scratch]);

    expect(code).toBe(1);
    expect(errors).toContain('package.json');
    expect(errors).not.toContain('notes.txt');
    expect(readFileSync(join(scratch, 'package.json'), 'utf8')).toBe('{}');
  });

  it('makes no project where the model cannot be imported', async () => {
    const model = join(scratch, 'broken.keras');
    const labels = join(scratch, 'labels.txt');
    writeFileSync(model, 'no model');
    writeFileSync(labels, 'one\ntwo\n');
    const directory = join(scratch, 'mine');

    const { code, errors } = await runCli(['init', directory, '--model', model, '--labels', labels]);

    expect(code).toBe(1);
    expect(errors).toContain('no project was made');
    expect(existsSync(directory)).toBe(false);
  });

  it('makes no folder where there are no photos to train on', async () => {
    const directory = join(scratch, 'mine');

    const { code, errors } = await callCli(['init', directory, '--photos', join(scratch, 'none')]);

    expect(code).toBe(1);
    expect(errors).toContain('cannot be read');
    expect(existsSync(directory)).toBe(false);
  });

  it.each([
    ['--model', '--labels'],
    ['--labels', '--model'],
  ])('asks for the other where %s stands alone', async (given, missing) => {
    const { code, errors } = await callCli(['init', join(scratch, 'mine'), given, 'x']);

    expect(code).toBe(1);
    expect(errors).toContain(missing);
  });
});

it.each([
  ['My Clothes', 'my-clothes'],
  ['shop_2', 'shop_2'],
  ['..', 'my-classifier'],
  ['été', 't'],
  ['a'.repeat(80), 'a'.repeat(50)],
])('names the project of a folder called %s %s', (folder, name) => {
  expect(toProjectName(folder)).toBe(name);
});

describe('what a new project installs lambda-lens from', () => {
  const record = (resolved: string) => {
    const modules = join(scratch, 'node_modules');
    const root = join(modules, 'lambda-lens');
    return { modules, root, text: JSON.stringify({ packages: { 'node_modules/lambda-lens': { resolved } } }) };
  };

  it.each([
    ['file:../lambda-lens-1.0.0.tgz', 'file:../../lambda-lens-1.0.0.tgz'],
    ['https://registry.example/lambda-lens-1.0.0.tgz', '1.0.0'],
  ])('takes %s as %s', (resolved, expected) => {
    const { modules, root, text } = record(resolved);
    mkdirSync(root, { recursive: true });
    writeFileSync(join(modules, '.package-lock.json'), text);

    expect(findOwnSource(root, '1.0.0', join(scratch, 'project'))).toBe(expected);
  });

  it.each([
    [{ dependencies: { 'lambda-lens': 'file:../lambda-lens-1.0.0.tgz' } }, 'file:../../lambda-lens-1.0.0.tgz'],
    [{ devDependencies: { 'lambda-lens': '^1.0.0' } }, '1.0.0'],
    [undefined, '1.0.0'],
  ])('takes what pnpm installed for a project with %j as %s', (owner, expected) => {
    const root = join(scratch, 'node_modules', '.pnpm', 'lambda-lens@1.0.0_hash', 'node_modules', 'lambda-lens');
    mkdirSync(root, { recursive: true });
    if (owner !== undefined) writeFileSync(join(scratch, 'package.json'), JSON.stringify(owner));

    expect(findOwnSource(root, '1.0.0', join(scratch, 'project'))).toBe(expected);
  });

  it('takes the folder itself for a clone', () => {
    expect(findOwnSource(join(scratch, 'clone'), '1.0.0', join(scratch, 'project'))).toBe('file:../clone');
  });
});
