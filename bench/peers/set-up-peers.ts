import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));

/** Where the peers' Python, their models and the photos are. */
export interface Peers {
  readonly python: string;
  readonly modelDirectory: string;
  readonly photoDirectory: string;
  readonly hasShippedModel: boolean;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * Makes two virtual environments (one to serve, one with TensorFlow to build the models), the models and the photos under
 * `directory`; what is there already is kept. Throws where Python or its packages cannot be had.
 */
export async function setUpPeers(directory: string, shippedModel: string | undefined): Promise<Peers> {
  const python = join(directory, 'serve', 'bin', 'python');
  const modelDirectory = join(directory, 'models');
  const photoDirectory = join(directory, 'photos');
  if (!(await exists(python))) {
    await run('python3', ['-m', 'venv', join(directory, 'serve')]);
    await run(python, ['-m', 'pip', 'install', '-q', '-r', join(here, 'requirements.txt')]);
  }
  const wanted = shippedModel === undefined ? 'xception299.onnx' : 'shipped.onnx';
  if (!(await exists(join(modelDirectory, wanted)))) {
    const builder = join(directory, 'build', 'bin', 'python');
    await run('python3', ['-m', 'venv', join(directory, 'build')]);
    await run(builder, ['-m', 'pip', 'install', '-q', '-r', join(here, 'requirements-build.txt')]);
    const shipped = shippedModel === undefined ? [] : ['--shipped', shippedModel];
    await run(builder, [join(here, 'make_models.py'), modelDirectory, ...shipped]);
  }
  if (!(await exists(photoDirectory))) await run(python, [join(here, 'make_photos.py'), photoDirectory]);
  return {
    python,
    modelDirectory,
    photoDirectory,
    hasShippedModel: await exists(join(modelDirectory, 'shipped.onnx')),
  };
}
