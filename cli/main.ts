import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { reportError } from './report-error.ts';

type Register = (program: Command) => void;

/** Each loaded only when it is called for: most of them bring TF.js along, which takes longer than some commands run. */
const commands: ReadonlyMap<string, () => Promise<Register>> = new Map([
  ['serve', async () => (await import('./commands/serve.ts')).registerServe],
  ['classify', async () => (await import('./commands/classify.ts')).registerClassify],
  ['import', async () => (await import('./commands/import.ts')).registerImport],
  ['check', async () => (await import('./commands/check.ts')).registerCheck],
  ['calibrate', async () => (await import('./commands/calibrate.ts')).registerCalibrate],
  ['evaluate', async () => (await import('./commands/evaluate.ts')).registerEvaluate],
  ['cost', async () => (await import('./commands/cost.ts')).registerCost],
  ['doctor', async () => (await import('./commands/doctor.ts')).registerDoctor],
]);

const help = `
Exit codes:
  0  done
  1  something failed: what and why is on standard error
  2  the command line was not understood

--debug, anywhere on the line, adds stack traces to errors.`;

// Whoever reads the output, such as "head", has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
process.exitCode = await run(process.argv.slice(2));

async function run(words: readonly string[]): Promise<number> {
  const isDebug = words.includes('--debug');
  const line = words.filter((word) => word !== '--debug');
  try {
    const program = await createProgram(line[0]);
    await program.parseAsync(line, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    // Commander has told the person already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    reportError(error, isDebug);
    return 1;
  }
}

async function createProgram(called: string | undefined): Promise<Command> {
  const program = new Command('lambda-lens')
    .description(packageJson.description)
    .version(packageJson.version)
    .showHelpAfterError('Add --help to see what it takes.')
    .addHelpText('after', help)
    .exitOverride();
  const one = commands.get(called ?? '');
  const wanted = one === undefined ? commands.values() : [one];
  for (const load of wanted) (await load())(program);
  return program;
}
