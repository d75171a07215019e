// Plain JavaScript on purpose: it is what every start of the command runs first.
import { fileURLToPath } from 'node:url';

// An import would read every export at once, and so load streams and promises of files, which nothing here uses.
const { readFileSync, statSync } = process.getBuiltinModule('node:fs');

/** The project's folder. */
export const project = new URL('../../', import.meta.url);

/** Where prebuild.ts puts the command in a few files; `npm ci`, which clears it away, makes it anew. */
export const directory = new URL('./node_modules/.cache/lambda-lens/', project);

// As prebuild.ts and its records have them: the two change together.
export const format = 2;

/** `service` is what `lambda-lens serve` starts, a script for load-script.mjs. */
export const entries = { command: 'main.mjs', service: 'serve.cjs' };
export const recordOf = (entry) => `${entry}.json`;

/** The prebuilt entry as long as it was made here and of the very files that lie here now, else the sources. */
export function findEntry(command, root = project, prebuilt = directory) {
  const entry = command === 'serve' ? entries.service : entries.command;
  const sources = new URL('./cli/main.ts', root);
  try {
    const record = JSON.parse(readFileSync(new URL(recordOf(entry), prebuilt), 'utf8'));
    const isMadeHere = record.format === format && record.project === root.href;
    const folder = fileURLToPath(root);
    const isUnchanged = ([path, modifiedAt, sizeInBytes]) => {
      const { mtimeMs, size } = statSync(folder + path);
      return mtimeMs === modifiedAt && size === sizeInBytes;
    };
    return isMadeHere && record.files.every(isUnchanged) ? new URL(entry, prebuilt) : sources;
  } catch (error) {
    // No record, or a file of it that is gone; anything else is a fault of this function.
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return sources;
    throw error;
  }
}
