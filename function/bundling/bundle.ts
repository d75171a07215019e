import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, type Metafile, type Plugin } from 'esbuild';
import { findKernelSources } from '../../wasm/kernel-sources.ts';
import { buildPage } from '../page/build-page.ts';
import { assets } from './assets.ts';
import { assets as bundledAssets } from './assets-bundled.ts';
import { commonJsNames } from './common-js-names.ts';
import { copyModel, stageDirectory } from './stage-directory.ts';

const bundlingDirectory = import.meta.dirname;
const projectDirectory = dirname(dirname(bundlingDirectory));

export interface BundleOptions {
  /** The model to serve; the shipped one unless given. */
  readonly modelDirectory?: string;
  /** Replaced as a whole; `dist` in the project unless given. */
  readonly outDirectory?: string;
}

/**
 * Stages all that runs in the container (minified ES modules, WebAssembly, the model, the page)
 * as a Docker context. The same sources give the same bytes, modes and times, in any checkout, under any umask.
 * @returns esbuild's account of what went into the module.
 */
export async function bundle(options: BundleOptions = {}): Promise<Metafile> {
  const outDirectory = resolve(options.outDirectory ?? join(projectDirectory, 'dist'));
  return stageDirectory(outDirectory, async (staging) => {
    const { metafile } = await bundleModule(staging);
    await stageAssets(options.modelDirectory ?? assets.modelDirectory, staging);
    return metafile;
  });
}

function bundleModule(outDirectory: string): Promise<{ metafile: Metafile }> {
  return build({
    absWorkingDir: projectDirectory,
    entryPoints: { index: 'function/main.ts' },
    outdir: outDirectory,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // What only some photos and models need (WebP, forms, URLs, TF.js) stays out of a start.
    splitting: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // ES modules before CommonJS: what is not used of TF.js falls away.
    mainFields: ['module', 'main'],
    // TF.js asks for it only where there is no fetch, which Node.js has had since 18; it would be a third of the module.
    external: ['node-fetch'],
    banner: { js: commonJsNames },
    legalComments: 'external',
    // Names of modules are hashes over paths too: those within the project, wherever its node_modules may link to.
    preserveSymlinks: true,
    metafile: true,
    logLevel: 'error',
    plugins: [replaceAssets, keepVersionOnly],
  });
}

const replaceAssets: Plugin = {
  name: 'replace-assets',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/assets\.ts$/ }, ({ path, resolveDir }) =>
      resolve(resolveDir, path) === join(bundlingDirectory, 'assets.ts')
        ? { path: join(bundlingDirectory, 'assets-bundled.ts') }
        : undefined,
    ),
};

// Of package.json the service tells its version; the rest would make another image of every change of a tool.
const keepVersionOnly: Plugin = {
  name: 'keep-version-only',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]package\.json$/ }, async ({ path }) => {
      if (path !== join(projectDirectory, 'package.json')) return undefined;
      const { version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    }),
};

async function stageAssets(modelDirectory: string, outDirectory: string): Promise<void> {
  // Each is looked for beside the module that names it, and in the bundle all modules lie side by side.
  for (const { wasmFile } of findKernelSources()) {
    await copyFile(join(projectDirectory, wasmFile), join(outDirectory, basename(wasmFile)));
  }
  for (const [name, source] of Object.entries(assets)) {
    const target = join(outDirectory, relative(bundlingDirectory, bundledAssets[name as keyof typeof assets]));
    await mkdir(dirname(target), { recursive: true });
    if (name === 'modelDirectory') await copyModel(modelDirectory, target);
    else if (name === 'pageFile') await writeFile(target, await buildPage());
    else await copyFile(source, target);
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { model: { type: 'string' }, out: { type: 'string' } } });
  await bundle({
    ...(values.model !== undefined && { modelDirectory: values.model }),
    ...(values.out !== undefined && { outDirectory: values.out }),
  });
}
