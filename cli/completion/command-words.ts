import type { Command } from 'commander';

export interface OptionWords {
  /** Such as `-v` and `--version`. */
  readonly flags: readonly string[];
  readonly takesValue: boolean;
  /** What the value may be, where the command lists it. */
  readonly choices: readonly string[];
  readonly description: string;
}

export interface CommandWords {
  /** Below the program: `image push` for a command of a command. */
  readonly path: readonly string[];
  readonly description: string;
  readonly options: readonly OptionWords[];
  readonly subcommands: readonly CommandWords[];
}

/** What can be typed behind a command, as the parser itself has it. */
export function readCommandWords(command: Command, path: readonly string[] = []): CommandWords {
  const help = command.createHelp();
  return {
    path,
    description: command.description(),
    options: help.visibleOptions(command).map((option) => ({
      flags: [option.short, option.long].filter((flag) => flag !== undefined && flag !== null),
      takesValue: option.required || option.optional,
      choices: option.argChoices ?? [],
      description: option.description,
    })),
    subcommands: command.commands.map((below) => readCommandWords(below, [...path, below.name()])),
  };
}

/** A command and all below it. */
export function everyCommand(words: CommandWords): CommandWords[] {
  return [words, ...words.subcommands.flatMap(everyCommand)];
}
