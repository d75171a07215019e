import { runProgram } from '../run-program.ts';

await runProgram(
  ['verify-aws', ...process.argv.slice(2)],
  new Map([['verify-aws', async () => (await import('./verify-command.ts')).registerVerify]]),
);
