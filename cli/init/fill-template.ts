import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseCard } from '../../model/card/parse-card.ts';

/** As `pulumi new` knows them, so that a project whose name is its own placeholder is a template. */
export const placeholders = {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Pulumi's own way to write them
  name: '${PROJECT}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the same
  description: '${DESCRIPTION}',
} as const;
const description = 'An HTTPS endpoint on AWS Lambda for an image classifier';
/** npm leaves files of these names out of a package, or reads them as its own. */
const storedNames: Readonly<Record<string, string>> = { gitignore: '.gitignore' };

/** Copies the template into a directory, with the project's name in its place; that of the placeholder leaves them all. */
export async function fillTemplate(template: string, directory: string, name: string): Promise<void> {
  for (const entry of await readdir(template, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const target = join(directory, path.slice(template.length), '..', storedNames[entry.name] ?? entry.name);
    await mkdir(dirname(target), { recursive: true });
    const text = await readFile(path, 'utf8');
    const filled = text.replaceAll(placeholders.name, name).replaceAll(placeholders.description, description);
    // Pulumi would end a line behind the name, and takes a setting without it for one of the project.
    await writeFile(target, name === placeholders.name ? text.replaceAll(`${name}:`, '') : filled);
  }
}

/**
 * The shipped examples with the model, for its page, and those that bear the name of one of its labels as photos of known
 * labels: test/photos/<label>/<label>.jpg.
 */
export async function copyExamples(examples: string, directory: string, modelDirectory: string): Promise<void> {
  await cp(examples, join(modelDirectory, 'examples'), { recursive: true });
  const { labels } = parseCard(await readFile(join(modelDirectory, 'card.json'), 'utf8'));
  const files = labels.map((label) => `${label}.jpg`).filter((file) => existsSync(join(examples, file)));
  for (const file of files) {
    const folder = join(directory, 'test', 'photos', file.slice(0, -'.jpg'.length));
    await mkdir(folder, { recursive: true });
    await copyFile(join(examples, file), join(folder, file));
  }
}
