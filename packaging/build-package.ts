import { copyFile, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, type Plugin } from 'esbuild';
import { buildReviewPage } from '../cli/review/build-review-page.ts';
import { bundle } from '../function/bundling/bundle.ts';
import { commonJsNames } from '../function/bundling/common-js-names.ts';
import { pointToWorkers } from '../function/bundling/point-to-workers.ts';
import { stageDirectory } from '../function/bundling/stage-directory.ts';
import rootPackage from '../package.json' with { type: 'json' };
import { findKernelSources } from '../wasm/kernel-sources.ts';
import { describePackage, optionalPeers } from './describe-package.ts';
import { writeTypes } from './write-types.ts';

const project = join(import.meta.dirname, '..');

/** Modules that find their files differently, or have had their work done beforehand, in the package. */
const standIns: Readonly<Record<string, string>> = {
  'function/bundling/assets.ts': 'packaging/stand-ins/assets.ts',
  'function/bundling/bundle.ts': 'packaging/stand-ins/bundle.ts',
  'cli/init/shipped-files.ts': 'packaging/stand-ins/shipped-files.ts',
  'function/page/build-page.ts': 'packaging/stand-ins/build-page.ts',
  'cli/review/build-review-page.ts': 'packaging/stand-ins/build-review-page.ts',
};

/** Worker threads start from a file of their own: name of the module in lib/ → its source. */
const workers: Readonly<Record<string, string>> = {
  'feature-thread': 'training/features/feature-thread.ts',
  'learning-thread': 'training/threads/learning-thread.ts',
  'photo-thread': 'function/threads/photo-thread.ts',
  'photo-worker': 'cli/classify/photo-worker.ts',
};

/**
 * Makes the package that others install: compiled modules with TensorFlow.js inside, types, the bundled function, the shipped
 * model. `directory` is replaced as a whole.
 */
export async function buildPackage(directory: string): Promise<void> {
  await stageDirectory(directory, async (staging) => {
    await stageFunction(staging);
    await compile(join(staging, 'lib'));
    await writeFile(join(staging, 'lib', 'review.html'), await buildReviewPage());
    await writeTypes(join(staging, 'types'));
    for (const file of ['LICENSE', 'NOTICE', 'README.md', 'CHANGELOG.md'])
      await copyFile(join(project, file), join(staging, file));
    await mkdir(join(staging, 'bin'));
    await copyFile(join(import.meta.dirname, 'launcher.mjs'), join(staging, 'bin', 'lambda-lens.mjs'));
    await cp(join(import.meta.dirname, 'template'), join(staging, 'template'), { recursive: true });
    await copyComponent(join(staging, 'component'));
    await cp(join(project, 'model', 'efficientnet-lite0'), join(staging, 'model', 'efficientnet-lite0'), {
      recursive: true,
    });
    await cp(join(project, 'examples'), join(staging, 'examples'), { recursive: true });
    await writeFile(join(staging, 'package.json'), `${JSON.stringify(describePackage(rootPackage), null, 2)}\n`);
  });
}

/** The component for Pulumi programs in other languages, a folder to be copied, which installs this package. */
async function copyComponent(target: string): Promise<void> {
  await cp(join(import.meta.dirname, 'component'), target, {
    recursive: true,
    filter: (path) => !/[\\/](?:node_modules|dist|package-lock\.json)$/.test(path),
  });
  const { version } = rootPackage;
  const description = JSON.parse(await readFile(join(target, 'package.json'), 'utf8'));
  const dependencies = { ...description.dependencies, 'lambda-lens': version };
  await writeFile(
    join(target, 'package.json'),
    `${JSON.stringify({ ...description, version, dependencies }, undefined, 2)}\n`,
  );
}

/** The function as Lambda gets it, and its model apart, since an owner's own may take its place. */
async function stageFunction(staging: string): Promise<void> {
  const target = join(staging, 'function');
  await bundle({ outDirectory: target });
  await mkdir(join(staging, 'model'));
  const model = join(staging, 'model', 'clothing');
  await rename(join(target, 'model'), model);
  // They lie at the top, for people; the bundle takes them from there.
  await rm(join(model, 'examples'), { recursive: true });
  for (const file of ['Dockerfile', 'Dockerfile.dockerignore']) {
    await copyFile(join(project, 'function', file), join(target, file));
  }
}

async function compile(outdir: string): Promise<void> {
  await build({
    absWorkingDir: project,
    entryPoints: { main: 'cli/main.ts', index: 'library/lambda-lens.ts', stack: 'library/pulumi.ts', ...workers },
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    sourcemap: true,
    sourcesContent: false,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    external: ['node-fetch', 'canvas', ...Object.keys(optionalPeers)],
    banner: { js: commonJsNames },
    legalComments: 'external',
    logLevel: 'error',
    plugins: [useStandIns, pointToWorkers(Object.keys(workers))],
  });
  for (const { wasmFile } of findKernelSources())
    await copyFile(join(project, wasmFile), join(outdir, basename(wasmFile)));
  await copyFile(join(import.meta.dirname, 'stand-ins', 'pulumi.mjs'), join(outdir, 'pulumi.mjs'));
}

const useStandIns: Plugin = {
  name: 'use-stand-ins',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, resolveDir, importer }) => {
      const standIn = standIns[resolve(resolveDir, path).slice(project.length + 1)];
      return standIn === undefined || dirname(importer) === join(import.meta.dirname, 'stand-ins')
        ? undefined
        : { path: join(project, standIn) };
    }),
};

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string', default: join(project, 'dist.package') } } });
  await buildPackage(resolve(values.out));
}
