import { join } from 'node:path';
import { weighDirectory } from '../bench/install/weigh-directory.ts';
import { mostInstalledInMegabytes } from '../facts/install-budget.ts';

// Right after `npm ci`, before anything else is put into node_modules.
const megabytes = weighDirectory(join(import.meta.dirname, '..', 'node_modules')) / 2 ** 20;
console.log(`node_modules has ${megabytes.toFixed(0)} MB; ${mostInstalledInMegabytes} MB is the most`);
process.exitCode = megabytes <= mostInstalledInMegabytes ? 0 : 1;
