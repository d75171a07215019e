import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

// As in find-entry.mjs, and as in lambda-lens.mjs.
const { readFileSync } = process.getBuiltinModule('node:fs');
const { constants, Script } = process.getBuiltinModule('node:vm');

/** What run-and-keep-code.mjs writes beside a script: code is for one version and kind of machine. */
export const codeOf = (path) => `${path}.${process.version}-${process.arch}.code`;

/**
 * Runs a CommonJS module, wrapped in a function of `require` and `module`, with the code that V8 made of it in an earlier
 * process. Node.js's own cache of compiled code has a function only where it was compiled with the module as a whole.
 */
export function loadScript(url) {
  const filename = fileURLToPath(url);
  const cachedData = readCode(codeOf(filename));
  const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  // V8 refuses code that it cannot use, and compiles then as if there was none.
  const script = new Script(readFileSync(filename, 'utf8'), { filename, cachedData, importModuleDynamically });
  const module = { exports: {} };
  script.runInThisContext()(createRequire(url), module);
  return { script, exports: module.exports };
}

function readCode(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
