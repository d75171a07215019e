// Installs a model directory and kills itself before or after the n-th call of a function of the file system:
//   node install-and-die.ts TARGET SOURCE before|after N
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const [target = '', source = '', when, count] = process.argv.slice(2);
let left = Number(count);

for (const name of ['rename', 'rm', 'cp', 'mkdir'] as const) {
  const original = fs[name] as (...given: unknown[]) => Promise<unknown>;
  Object.assign(fs, {
    [name]: async (...given: unknown[]) => {
      left--;
      if (left === 0 && when === 'before') process.kill(process.pid, 'SIGKILL');
      await original(...given);
      if (left === 0 && when === 'after') process.kill(process.pid, 'SIGKILL');
    },
  });
}
syncBuiltinESMExports();
const { cp } = fs;
const { installDirectory } = await import('../../importer/install-directory.ts');
await installDirectory(target, (staging) => cp(source, staging, { recursive: true }));
