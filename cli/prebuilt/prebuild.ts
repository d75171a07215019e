import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { commonJsNames } from '../../function/bundling/common-js-names.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { directory, entries, format, project, recordOf } from './find-entry.mjs';

/** What it names it writes into other modules, which have places of their own. */
const commonJsNamesFile = fileURLToPath(new URL('../../function/bundling/common-js-names.ts', import.meta.url));
const packages = Object.keys({ ...packageJson.dependencies, ...packageJson.devDependencies });
/** The only package that every start loads. */
const bundledPackages = ['commander'];
/** npm's record of what is installed. */
const installed = 'node_modules/.package-lock.json';

/**
 * Puts the command and all that it imports of this project into a few modules, and what starts the service into one script,
 * each beside a record of the files that it was made of: to read a hundred small modules takes a start three times as long as
 * to see that none of them has changed. Processor time from process start to a listening service, with Node.js's cache of
 * compiled code in each case, medians of 11 starts in turn: 188 ms from the sources, 137 ms from the modules made here,
 * 93 ms from the script with the code that keep-code.ts keeps beside it.
 */
export async function prebuild(outDirectory: URL = directory): Promise<void> {
  const target = fileURLToPath(outDirectory);
  await mkdir(dirname(target), { recursive: true });
  const staging = await mkdtemp(`${target.replace(/\/$/, '')}.`);
  try {
    await buildEntry(staging, 'cli/main.ts', entries.command, {
      splitting: true,
      format: 'esm',
      banner: { js: commonJsNames },
      plugins: [keepPlaces],
    });
    await buildEntry(staging, 'cli/start-service.ts', entries.service, {
      format: 'cjs',
      // As load-script.mjs calls it.
      banner: { js: '(function (require, module) {' },
      footer: { js: '})' },
      plugins: [keepPlaces, loadLate],
    });
    await rm(target, { recursive: true, force: true });
    await rename(staging, target);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function buildEntry(outdir: string, source: string, entry: string, options: BuildOptions): Promise<void> {
  const root = fileURLToPath(project);
  const { name, ext } = parse(entry);
  const { metafile } = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: { [name]: source },
    outdir,
    outExtension: { '.js': ext },
    bundle: true,
    platform: 'node',
    target: 'node24',
    external: packages.filter((name) => !bundledPackages.includes(name)),
    metafile: true,
    logLevel: 'error',
  });
  const inputs = Object.keys(metafile.inputs).filter((path) => !/^(node_modules\/|late:)/.test(path));
  const files = await Promise.all(
    [...inputs, installed].map(async (path) => {
      const { mtimeMs, size } = await stat(join(root, path));
      return [path, mtimeMs, size] as const;
    }),
  );
  await writeFile(join(outdir, recordOf(entry)), JSON.stringify({ format, project: project.href, files }));
}

/** A module that asks where it lies is told where its source lies, beside which the files are that it looks for. */
export const keepPlaces: Plugin = {
  name: 'keep-places',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (path === commonJsNamesFile) return { contents: source, loader: 'ts' };
      const contents = source
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)));
      return { contents, loader: 'ts' };
    }),
};

/** What a start needs nothing of, though it imports it, is loaded when one of its exports is first asked for. */
const loadLate: Plugin = {
  name: 'load-late',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^node:(fs\/promises|zlib)$/ }, ({ path, namespace }) =>
      namespace === 'late' ? { path, external: true } : { path, namespace: 'late' },
    );
    onLoad({ filter: /./, namespace: 'late' }, ({ path }) => {
      const module = JSON.stringify(path);
      const getters = Object.keys(process.getBuiltinModule(path) ?? {}).map(
        (name) => `get ${name}() { return require(${module}).${name}; },`,
      );
      return { contents: `module.exports = {\n${getters.join('\n')}\n};` };
    });
  },
};
