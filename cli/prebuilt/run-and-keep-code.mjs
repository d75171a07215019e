// Runs the service of a prebuilt script to its end, then keeps the code that V8 made of it.
//   node run-and-keep-code.mjs SCRIPT
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { codeOf, loadScript } from './load-script.mjs';

const path = process.argv[2];
const { script, exports } = loadScript(pathToFileURL(path));
await exports.startService(['serve', '--port', '0']);
writeFileSync(codeOf(path), script.createCachedData());
