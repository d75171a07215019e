import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { commonJsNames } from './common-js-names.ts';
import { gatherStart } from './gather-start.ts';
import { pointToWorkers } from './point-to-workers.ts';

const bundlingDirectory = import.meta.dirname;
const projectDirectory = dirname(dirname(bundlingDirectory));

/** Worker threads start from a file of their own: name of the module in the bundle → its source. */
const workers = { 'photo-thread': 'function/threads/photo-thread.ts' } as const;

/** What each npm package in the bundle is, under which licence and where from: CycloneDX 1.6, beside the modules. */
export const billOfMaterialsFile = 'sbom.cdx.json';

/**
 * Bundles the function with all that it imports into ES modules in `outDirectory`, and writes a bill of materials beside
 * them, the same bytes each time.
 * @param withLicenceTexts puts the packages' licence files into the bill as well
 * @returns esbuild's account of what went into the modules
 */
export async function bundleModule(outDirectory: string, { withLicenceTexts = false } = {}): Promise<Metafile> {
  // It takes longer to load than esbuild takes to bundle, and the stack's program imports this module for names alone.
  const { cyclonedxEsbuildPlugin } = await import('@cyclonedx/cyclonedx-esbuild');
  const billOfMaterials = cyclonedxEsbuildPlugin({
    specVersion: '1.6',
    outputFile: billOfMaterialsFile,
    outputReproducible: true,
    gatherLicenseTexts: withLicenceTexts,
    logLevel: 'silent',
  });
  const options: BuildOptions = {
    absWorkingDir: projectDirectory,
    entryPoints: { index: 'function/main.ts', ...workers },
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
    plugins: [pointToWorkers(Object.keys(workers)), replaceAssets, keepVersionOnly, leaveOutSentences],
  };
  const { metafile: apart } = await build({ ...options, write: false });
  const plugins = [
    ...(options.plugins ?? []),
    gatherStart(projectDirectory, apart as Metafile, Object.values(workers)),
    billOfMaterials,
  ];
  const { metafile } = await build({ ...options, plugins });
  for (const path of Object.keys(metafile?.outputs ?? {})) await leaveOutNames(join(projectDirectory, path));
  return metafile as Metafile;
}

/** Takes what CommonJS needs from the head of a module that has none in it: every start would make it for each of its files. */
async function leaveOutNames(path: string): Promise<void> {
  if (!path.endsWith('.mjs')) return;
  const text = await readFile(path, 'utf8');
  const module = text.replace(`${commonJsNames}\n`, '');
  if (!/\b(?:require|__filename|__dirname)\b/.test(module)) await writeFile(path, module);
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

const literal = /(?:'(?:[^'\\\n]|\\.)*'|"[^"\n]*")/.source;
const sentence = new RegExp(`\\b(?:sentence|defaultInWords):\\s*${literal}(?:\\s*\\+\\s*${literal})*,?`, 'g');

// What only the documentation says of a setting is read by no start.
const leaveOutSentences: Plugin = {
  name: 'leave-out-sentences',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]facts[\\/]function-settings\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(sentence, ''),
      loader: 'ts',
    })),
};
