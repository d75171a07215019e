import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { allCommands } from '../../../cli/all-commands.ts';
import { createProgram } from '../../../cli/run-program.ts';
import { columnsOf } from '../../../cli/terminal/fit-lines.ts';
import { showHelp } from '../../../cli/terminal/show-help.ts';
import { toPlainText } from '../../../cli/terminal/styled-text.ts';

/** What a command's help is in a terminal of so many columns. */
function helpOf(command: Command, columns: number): string {
  let text = '';
  command.configureOutput({
    getOutHelpWidth: () => columns,
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  return toPlainText(showHelp(text, columns));
}

function* withSubcommands(command: Command): Generator<Command> {
  yield command;
  for (const inner of command.commands) yield* withSubcommands(inner);
}

const program = await createProgram(undefined, allCommands);
const commands = [...withSubcommands(program)];

it.each(
  commands.map((command) => [command.name() || 'help', command] as const),
)('the help of %s has no line that a terminal of 60 or 120 columns breaks', (_name, command) => {
  for (const columns of [60, 120]) {
    const wide = helpOf(command, columns)
      .split('\n')
      // A word that is wider by itself stays whole.
      .filter((line) => columnsOf(line) > columns && line.trim().includes(' '));

    expect(wide, String(columns)).toEqual([]);
  }
});

it('lays prose out anew and leaves lines of the shell in one piece in a pipe', () => {
  const help = `One sentence of a few words that its source breaks\nhere, and another one of some more words.\n\nExamples:\n  ${'lambda-lens classify '.repeat(6)}`;

  const text = toPlainText(showHelp(help, undefined));

  expect(text).toMatch(
    /breaks here, and another one of some\nmore words\.\n\nExamples:\n {2}(lambda-lens classify ?){6}$/,
  );
});
