/** CommonJS packages, and TF.js's WebAssembly glue, expect these names, which a bundled ES module does not have. */
export const commonJsNames = [
  "import{createRequire as __createRequire}from'node:module';",
  // No global is named: a module may have one of the same name, such as URL, which is not made yet here.
  'const require=__createRequire(import.meta.url),__filename=import.meta.filename,__dirname=import.meta.dirname;',
].join('');
