import { Command, CommanderError } from 'commander';
import { describeSystemError, isSystemError } from '../files/system-reason.ts';
import packageJson from '../package.json' with { type: 'json' };
import { CliError } from './cli-error.ts';
import { explainAwsError } from './operate/explain-aws-error.ts';
import { reportError } from './report-error.ts';
import { restoreNpmWords } from './restore-npm-words.ts';
import { outputColumns, print, printError } from './terminal/print.ts';
import { showHelp } from './terminal/show-help.ts';
import { forceColours, styled } from './terminal/styled-text.ts';

/** Each loaded only when it is called for: most of them bring TF.js along, which takes longer than some commands run. */
export type Commands = ReadonlyMap<string, () => Promise<(program: Command) => void>>;

const versionFlags = ['-v', '--version'];
/** Words of a help are not pressed into less. */
const narrowestColumnInHelp = 20;
const colourFlags = ['--color', '--no-color'];
const help = `
Exit codes:
  0  done
  1  something failed: what and why is on standard error
  2  the command line was not understood

Anywhere on the line:
  --debug               adds stack traces to errors
  --color, --no-color   colours always, or never (else as the terminal has them; NO_COLOR and FORCE_COLOR are heeded)`;

/** Does what a command line says, `words` without the program's name, and leaves the exit code to the process. */
export async function runProgram(words: readonly string[], commands: Commands): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads the output, such as "head", has seen enough.
    if (error.code === 'EPIPE') process.exit();
    reportError(explainOutput(error), words.includes('--debug'));
    process.exit(1);
  });
  // There is nobody left to tell.
  process.stderr.on('error', () => undefined);
  process.exitCode = await runLine(words, commands);
}

/** Does what a command line says, `words` without the program's name; returns the exit code. */
export async function runLine(words: readonly string[], commands: Commands): Promise<number> {
  const isDebug = words.includes('--debug');
  const isForEvery = (word: string) => word === '--debug' || colourFlags.includes(word);
  const line = words.filter((word) => !isForEvery(word));
  const colour = words.findLast((word) => colourFlags.includes(word));
  if (colour !== undefined) forceColours(colour === '--color', process.env);
  try {
    const meant = restoreNpmWords(line, process.env);
    const program = await createProgram(meant[0], commands);
    await program.parseAsync(meant, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    // Commander has told the person already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    reportError(explainAwsError(error), isDebug);
    return 1;
  }
}

/** What each command is called with; that it has options goes without saying. */
function nameWithArguments(command: Command): string {
  const words = command.registeredArguments.map((argument) => {
    const word = `${argument.name()}${argument.variadic ? '...' : ''}`;
    return argument.required ? `<${word}>` : `[${word}]`;
  });
  return [command.name(), ...words].join(' ');
}

/** Commander's complaint in the form of all others. */
function describeMisuse(text: string): string {
  const complaint = text.trim().replace(/^error: /, '');
  return complaint.charAt(0).toUpperCase() + complaint.slice(1);
}

function explainOutput(error: Error): Error {
  if (!isSystemError(error)) return error;
  return new CliError(
    `The output cannot be written further: ${describeSystemError(error)}.`,
    'What is written already is kept; make room, or send the rest elsewhere.',
    { cause: error },
  );
}

/** The program with the command that is called; with all of them where it is none. */
export async function createProgram(called: string | undefined, commands: Commands): Promise<Command> {
  const program = new Command('lambda-lens')
    .description(packageJson.description)
    .version(packageJson.version, versionFlags.join(', '))
    .showHelpAfterError('Add --help to see what it takes.')
    .addHelpText('after', help)
    .configureHelp({ minWidthToWrap: narrowestColumnInHelp, subcommandTerm: nameWithArguments })
    .configureOutput({
      writeOut: (text) => print(showHelp(text, outputColumns())),
      writeErr: (text) => printError(text.trimEnd()),
      outputError: (text) => printError([styled('red', 'lambda-lens:', '✗'), ` ${describeMisuse(text)}`]),
    })
    .exitOverride();
  const one = commands.get(called ?? '');
  // To say its version takes none of them.
  const all = versionFlags.includes(called ?? '') ? [] : commands.values();
  const wanted = one === undefined ? all : [one];
  for (const load of wanted) (await load())(program);
  return program;
}
