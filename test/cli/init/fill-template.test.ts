import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeProject, toProjectName } from '../../../cli/init/describe-project.ts';
import { copyExamples, fillTemplate, placeholders } from '../../../cli/init/fill-template.ts';
import { tinyCard } from '../../helpers/tiny-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'fill-template-'));
afterAll(() => rmSync(folder, { recursive: true }));

const template = join(folder, 'template');
mkdirSync(join(template, 'deep'), { recursive: true });
writeFileSync(join(template, 'gitignore'), 'node_modules\n');
writeFileSync(
  join(template, 'deep', 'Pulumi.yaml'),
  `name: ${placeholders.name}\ndescription: ${placeholders.description}\nconfig:\n  ${placeholders.name}:memory: 1\n`,
);

describe('a template', () => {
  it('takes the name of the project in every file, wherever it lies', async () => {
    const to = join(folder, 'shop');

    await fillTemplate(template, to, 'shop');

    expect(readFileSync(join(to, 'deep', 'Pulumi.yaml'), 'utf8')).toBe(
      'name: shop\ndescription: An HTTPS endpoint on AWS Lambda for an image classifier\nconfig:\n  shop:memory: 1\n',
    );
    expect(readFileSync(join(to, '.gitignore'), 'utf8')).toBe('node_modules\n');
    expect(existsSync(join(to, 'gitignore'))).toBe(false);
  });

  it('stays one where its own placeholder is the name, but for that before settings', async () => {
    const to = join(folder, 'again');

    await fillTemplate(template, to, placeholders.name);

    expect(readFileSync(join(to, 'deep', 'Pulumi.yaml'), 'utf8')).toBe(
      `name: ${placeholders.name}\ndescription: ${placeholders.description}\nconfig:\n  memory: 1\n`,
    );
  });

  it('gets the examples, and those named after a label as photos of it', async () => {
    const [examples, model, to] = ['examples', 'model', 'with-examples'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    for (const directory of [examples, model, to]) mkdirSync(directory);
    for (const name of ['red', 'other']) writeFileSync(join(examples, `${name}.jpg`), name);
    writeFileSync(join(model, 'card.json'), JSON.stringify(tinyCard));

    await copyExamples(examples, to, model);

    expect(readFileSync(join(model, 'examples', 'other.jpg'), 'utf8')).toBe('other');
    expect(readFileSync(join(to, 'test', 'photos', 'red', 'red.jpg'), 'utf8')).toBe('red');
    expect(existsSync(join(to, 'test', 'photos', 'green'))).toBe(false);
  });
});

describe('a project', () => {
  it('is named after its folder, as npm and Pulumi take it', () => {
    const long = 'a'.repeat(60);

    expect(['My Shop!', '--x--', 'ÄÖ', long, 'a.b_c-1'].map(toProjectName)).toEqual([
      'my-shop',
      'x',
      'my-classifier',
      'a'.repeat(50),
      'a.b_c-1',
    ]);
  });

  it('is private, tests its photos and brings its own Node.js', () => {
    const versions = { lambdaLens: '1.2.3', node: '24.0.0', pulumi: { '@pulumi/aws': '7.0.0' } };

    expect(describeProject('shop', versions)).toMatchObject({
      name: 'shop',
      private: true,
      scripts: { test: 'lambda-lens evaluate model --photos test/photos --at-least 90' },
      allowScripts: { node: true },
      dependencies: { 'lambda-lens': '1.2.3', '@pulumi/aws': '7.0.0' },
      devDependencies: { node: '24.0.0' },
    });
  });
});
