import { posix } from 'node:path';
import { CliError } from '../cli-error.ts';
import { cutSymbols } from './cut-symbols.ts';
import type { ImageFile, LayeredFiles } from './layered-files.ts';

const program = 'usr/local/bin/node';
/** As the Dockerfile takes them. */
const libraries = ['libc.so.6', 'libdl.so.2', 'libgcc_s.so.1', 'libm.so.6', 'libpthread.so.0', 'libstdc++.so.6'];
const loaderName = /^ld-linux-[^/]*\.so\.[^/]*$/;

/**
 * Node.js without its symbols and the seven libraries that it needs, each where the image has it: what the Dockerfile's first
 * stages make of the same base.
 * @throws CliError naming what the base lacks
 */
export function takeNode(base: LayeredFiles): Map<string, ImageFile> {
  const node = base.find(program);
  if (node === undefined) throw lacks(program);
  const { bytes, loader } = cutSymbols(node.bytes);
  const found = new Map<string, ImageFile>([[program, { mode: node.mode, bytes }]]);
  for (const path of base.list('usr/lib/')) {
    const [, , triplet = '', name = '', ...deeper] = path.split('/');
    const isWanted = libraries.includes(name) || loaderName.test(name);
    if (deeper.length > 0 || !triplet.endsWith('-linux-gnu') || !isWanted) continue;
    const file = base.find(path);
    if (file !== undefined) found.set(name === posix.basename(loader) ? loader : `lib/${name}`, file);
  }
  const missing = [...libraries.map((name) => `lib/${name}`), loader].find((path) => !found.has(path));
  if (missing !== undefined) throw lacks(posix.basename(missing));
  return found;
}

function lacks(what: string): CliError {
  return new CliError(`The base image has no ${what}.`, 'Choose an image of Node.js on Debian by --base.');
}
