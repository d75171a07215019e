import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { PythonContender } from './contenders.ts';
import type { Peers } from './peers/set-up-peers.ts';

const execute = promisify(execFile);
const pack = promisify(gzip);
const script = fileURLToPath(new URL('./peers/measure_size.py', import.meta.url));

/** The bytes of all files in a directory, each packed by gzip as a layer's are. */
export async function packedSizeOf(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await pack(await readFile(join(parentPath, name)))).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What each Python handler's packages, with all that these need, and its model add to an image with Python. */
export async function addedByPython(
  { python }: Peers,
  contenders: readonly PythonContender[],
): Promise<Record<string, number>> {
  const packageSizes = new Map<string, Promise<number>>();
  const sizeOfPackages = (packages: readonly string[]) => {
    const key = packages.join(' ');
    const size = packageSizes.get(key) ?? execute(python, [script, ...packages]).then(({ stdout }) => Number(stdout));
    packageSizes.set(key, size);
    return size;
  };
  const added = contenders.map(async ({ name, packages, modelFile }) => {
    const model = await pack(await readFile(modelFile));
    return [name, (await sizeOfPackages(packages)) + model.length] as const;
  });
  return Object.fromEntries(await Promise.all(added));
}
