/** CommonJS packages, and TF.js's WebAssembly glue, expect these names, which a bundled ES module does not have. */
export const commonJsNames = [
  "import{createRequire as __createRequire}from'node:module';",
  "import{fileURLToPath as __fileURLToPath}from'node:url';",
  'const require=__createRequire(import.meta.url),',
  "__filename=__fileURLToPath(import.meta.url),__dirname=__fileURLToPath(new URL('.',import.meta.url));",
].join('');
