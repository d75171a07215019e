import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { assets } from '../../function/bundling/assets.ts';
import { parseCard } from '../../model/card/parse-card.ts';

const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));
const bench = join(here, '..');

/** Where the peers' Python, their models and the photos are. */
export interface Peers {
  readonly python: string;
  readonly modelDirectory: string;
  readonly photoDirectory: string;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * Makes two virtual environments (one to serve, one with TensorFlow to build the models), the models and the photos under
 * `directory`, and installs the packages of bench/package.json; what is there already is kept. Throws where Python or any of
 * the packages cannot be had.
 */
export async function setUpPeers(directory: string): Promise<Peers> {
  const python = join(directory, 'serve', 'bin', 'python');
  // By version, so that another shipped model is not measured with the peers of the one before.
  const { version } = parseCard(await readFile(join(assets.modelDirectory, 'card.json'), 'utf8'));
  const modelDirectory = join(directory, `models-${version}`);
  const photoDirectory = join(directory, 'photos');
  if (!(await exists(python))) {
    await run('python3', ['-m', 'venv', join(directory, 'serve')]);
    await run(python, ['-m', 'pip', 'install', '-q', '-r', join(here, 'requirements.txt')]);
  }
  // By npm's own lockfile in that folder, which npm ci of the project leaves alone.
  if (!(await exists(join(bench, 'node_modules')))) await run('npm', ['ci', '--ignore-scripts', '--prefix', bench]);
  // What make_models.py writes last.
  if (!(await exists(join(modelDirectory, 'shipped.onnx')))) {
    const builder = join(directory, 'build', 'bin', 'python');
    await run('python3', ['-m', 'venv', join(directory, 'build')]);
    await run(builder, ['-m', 'pip', 'install', '-q', '-r', join(here, 'requirements-build.txt')]);
    await run(builder, [join(here, 'make_models.py'), modelDirectory, assets.modelDirectory]);
  }
  if (!(await exists(photoDirectory))) await run(python, [join(here, 'make_photos.py'), photoDirectory]);
  return { python, modelDirectory, photoDirectory };
}
