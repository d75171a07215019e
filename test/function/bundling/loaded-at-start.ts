// Imports a bundle as AWS's own runtime does, which prepares it for its first event, and prints what was read of the bundle on
// the way as JSON.
//   node loaded-at-start.ts DIRECTORY
import fs from 'node:fs';
import { registerHooks, syncBuiltinESMExports } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const directory = process.argv[2] as string;
const modules: string[] = [];
const kernels: string[] = [];

registerHooks({
  load(url, context, nextLoad) {
    if (url.startsWith(pathToFileURL(directory).href)) modules.push(basename(fileURLToPath(url)));
    return nextLoad(url, context);
  },
});

const { readFileSync } = fs;
fs.readFileSync = ((file: fs.PathOrFileDescriptor, ...rest: []) => {
  if (String(file).endsWith('.wasm')) kernels.push(basename(String(file)));
  return readFileSync(file, ...rest);
}) as typeof readFileSync;
syncBuiltinESMExports();

await import(pathToFileURL(join(directory, 'index.mjs')).href);
console.log(JSON.stringify({ modules, kernels }));
process.exit();
