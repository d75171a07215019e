#!/usr/bin/env node
// Plain JavaScript on purpose: an old Node.js must be able to read this far.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const oldestMajor = 24;
const here = fileURLToPath(import.meta.url);
const main = join(dirname(here), '..', 'lib', 'main.mjs');

if (Number(process.versions.node.split('.')[0]) >= oldestMajor) {
  await import(pathToFileURL(main).href);
} else {
  const node = findNewerNode();
  if (node === undefined) {
    console.error(
      `lambda-lens needs Node.js ${oldestMajor} or later, and this is ${process.version}.\n` +
        `Install it beside your project: npm install --save-dev node@${oldestMajor} --allow-scripts=node`,
    );
    process.exit(1);
  }
  startAgain(node);
}

/** The Node.js that npm's package `node` brings, in the project that is worked on or beside this package. */
function findNewerNode() {
  for (const from of [join(process.cwd(), 'package.json'), here]) {
    try {
      const description = createRequire(from).resolve('node/package.json');
      const node = join(dirname(description), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
      if (existsSync(node) && Number(createRequire(from)(description).version.split('.')[0]) >= oldestMajor)
        return node;
    } catch (error) {
      if (error.code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  return undefined;
}

function startAgain(node) {
  const child = spawn(node, [here, ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends its signals to both; those that others send are passed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
