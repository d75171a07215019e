// Plain JavaScript on purpose: it is what every start of the command runs first.
import { readFileSync, statSync } from 'node:fs';

/** The project's folder. */
export const project = new URL('../../', import.meta.url);

/** Where prebuild.ts puts the command in a few modules; `npm ci`, which clears it away, makes it anew. */
export const directory = new URL('./node_modules/.cache/lambda-lens/', project);

// As prebuild.ts and record.json have them: the two change together.
export const format = 1;

/** The prebuilt module as long as it was made here and of the very files that lie here now, else the sources. */
export function findEntry(root = project, prebuilt = directory) {
  const sources = new URL('./cli/main.ts', root).href;
  try {
    const record = JSON.parse(readFileSync(new URL('./record.json', prebuilt), 'utf8'));
    const isMadeHere = record.format === format && record.project === root.href;
    const isUnchanged = ([path, modifiedAt, sizeInBytes]) => {
      const { mtimeMs, size } = statSync(new URL(path, root));
      return mtimeMs === modifiedAt && size === sizeInBytes;
    };
    return isMadeHere && record.files.every(isUnchanged) ? new URL('./main.mjs', prebuilt).href : sources;
  } catch (error) {
    // No record, or a file of it that is gone; anything else is a fault of this function.
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return sources;
    throw error;
  }
}
