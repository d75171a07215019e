import { globSync } from 'node:fs';
import { join } from 'node:path';

export const projectDirectory = join(import.meta.dirname, '..', '..');

/** Folders whose Markdown is no page: made, installed, or a part of something else. */
const notPages = /^(?:\.|node_modules|dist|coverage|test|packaging)|(?:^|\/)(?:node_modules|dist|\.[^/]+)$/;

/** Every page of the documentation, relative to the project: what lies in docs/, and what the rooms say of themselves. */
export function listPages(): readonly string[] {
  const files = globSync('**/*.md', { cwd: projectDirectory, exclude: (path) => notPages.test(path) });
  return files
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !notPages.test(file))
    .sort();
}
