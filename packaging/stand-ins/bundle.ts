import { cp } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BundleOptions } from '../../function/bundling/bundle.ts';
import { copyModel, stageDirectory } from '../../function/bundling/stage-directory.ts';
import { assets } from './assets.ts';

const bundledFunction = fileURLToPath(new URL('../function', import.meta.url));

/** Stands for function/bundling/bundle.ts in the package, where the function was bundled beforehand. */
export function bundle({ modelDirectory, outDirectory }: BundleOptions = {}): Promise<void> {
  return stageDirectory(resolve(outDirectory ?? 'dist'), async (staging) => {
    const filter = (path: string) => !basename(path).startsWith('Dockerfile');
    await cp(bundledFunction, staging, { recursive: true, filter });
    await copyModel(modelDirectory ?? assets.modelDirectory, join(staging, 'model'));
  });
}
