import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../function/bundling/bundle.ts';
import { loadOnce } from '../../function/prediction/load-once.ts';
import { writeTinyModel } from './tiny-model.ts';

/** The function's bundle around the tiny model, made once for all files of a worker: it is what most of them would wait for. */
export const bundledFunction = loadOnce(async () => {
  const outDirectory = join(mkdtempSync(join(tmpdir(), 'lambda-lens-bundled-')), 'dist');
  const metafile = await bundle({ modelDirectory: writeTinyModel(), outDirectory });
  return { outDirectory, metafile };
});
