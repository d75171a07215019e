import { Argument, Command } from 'commander';
import { readCommandWords } from '../completion/command-words.ts';
import { type Shell, shells, writeCompletion } from '../completion/write-completion.ts';
import type { Commands } from '../run-program.ts';
import { printData } from '../terminal/print.ts';

/** `lambda-lens completion bash`: a script from the parser's own commands, so that no list beside them grows old. */
export function createRegisterCompletion(commands: Commands): (program: Command) => void {
  return (program) => {
    program
      .command('completion')
      .description('write a script that completes commands and options in your shell')
      .addArgument(new Argument('<shell>', 'your shell').choices(shells))
      .addHelpText(
        'after',
        `
Examples:
  lambda-lens completion bash >> ~/.bashrc
  lambda-lens completion zsh >> ~/.zshrc
  lambda-lens completion fish > ~/.config/fish/completions/lambda-lens.fish`,
      )
      .action(async (shell: Shell) => {
        const all = new Command(program.name());
        for (const load of commands.values()) (await load())(all);
        printData(writeCompletion(shell, program.name(), readCommandWords(all)));
      });
  };
}
