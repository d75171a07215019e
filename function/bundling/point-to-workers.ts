import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const start = /new Worker\(new URL\('\.\/([\w-]+)\.ts'/g;

/**
 * A worker thread starts from a file of its own, which a bundle has beside the module that starts it.
 * @param names of the modules that are entries of the bundle
 */
export function pointToWorkers(names: readonly string[]): Plugin {
  return {
    name: 'point-to-workers',
    setup: ({ onLoad }) =>
      onLoad({ filter: /[\\/](?:cli|function[\\/]threads|training)[\\/].*\.ts$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        if (source.search(start) === -1) return undefined;
        const contents = source.replace(start, (_, name: string) => {
          if (!names.includes(name)) throw new Error(`${path} starts ${name}, which is no entry of the bundle.`);
          return `new Worker(new URL('./${name}.mjs'`;
        });
        return { contents, loader: 'ts' };
      }),
  };
}
