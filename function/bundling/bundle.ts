import { copyFile, cp, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Metafile } from 'esbuild';
import { findKernelSources } from '../../wasm/kernel-sources.ts';
import { buildPage } from '../page/build-page.ts';
import { pageNames } from '../page/page-name.ts';
import { assets } from './assets.ts';
import { assets as bundledAssets } from './assets-bundled.ts';
import { bundleModule } from './bundle-module.ts';
import { copyModel, stageDirectory } from './stage-directory.ts';

const bundlingDirectory = import.meta.dirname;
const projectDirectory = dirname(dirname(bundlingDirectory));

/** Whoever passes the image on passes these on with it. */
const legalFiles = ['LICENSE', 'NOTICE'];

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
    // A model that is not there is told before the modules are made, which takes seconds.
    await stageAssets(options.modelDirectory ?? assets.modelDirectory, staging);
    const metafile = await bundleModule(staging);
    await stageKernels(metafile, staging);
    for (const file of legalFiles) await copyFile(join(projectDirectory, file), join(staging, file));
    return metafile;
  });
}

/** Those whose modules are in the bundle; a training's are not. Each is looked for beside the module that names it. */
async function stageKernels({ inputs }: Metafile, outDirectory: string): Promise<void> {
  for (const { wasmFile } of findKernelSources().filter(({ declarationFile }) => declarationFile in inputs)) {
    await copyFile(join(projectDirectory, wasmFile), join(outDirectory, basename(wasmFile)));
  }
}

async function stageAssets(modelDirectory: string, outDirectory: string): Promise<void> {
  for (const [name, source] of Object.entries(assets)) {
    const target = join(outDirectory, relative(bundlingDirectory, bundledAssets[name as keyof typeof assets]));
    await mkdir(dirname(target), { recursive: true });
    if (name === 'modelDirectory') await copyModel(modelDirectory, target);
    else if (name === 'examplesDirectory')
      continue; // with the model
    else if (name === 'referencePhotosDirectory') await cp(source, target, { recursive: true });
    else if (name === 'pagesDirectory') await stagePages(target);
    else await copyFile(source, target);
  }
}

async function stagePages(target: string): Promise<void> {
  await mkdir(target);
  for (const name of pageNames) await writeFile(join(target, `${name}.html`), await buildPage(name));
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { model: { type: 'string' }, out: { type: 'string' } } });
  await bundle({
    ...(values.model !== undefined && { modelDirectory: values.model }),
    ...(values.out !== undefined && { outDirectory: values.out }),
  });
}
