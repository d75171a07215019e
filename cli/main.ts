import { allCommands } from './all-commands.ts';
import { runProgram } from './run-program.ts';

await runProgram(process.argv.slice(2), allCommands);
