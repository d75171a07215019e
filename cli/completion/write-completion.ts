import { type CommandWords, everyCommand } from './command-words.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** A script that makes a shell complete the commands, options and listed values of a program; files for all else. */
export function writeCompletion(shell: Shell, name: string, words: CommandWords): string {
  if (shell === 'fish') return writeFish(name, words);
  const bash = writeBash(name, words);
  // zsh runs the completions of bash once it is told to.
  return shell === 'bash'
    ? bash
    : `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bash}`;
}

function writeBash(name: string, words: CommandWords): string {
  const commands = everyCommand(words);
  const steps = commands.flatMap(({ path, subcommands }) =>
    subcommands.map((below) => `      '${[...path, below.path.at(-1)].join(' ')}') command="$next" ;;`),
  );
  const values = commands.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(({ flags, choices }) => {
        const cases = flags.map((flag) => `'${[...path, flag].join(' ')}'`).join('|');
        return `    ${cases}) list='${choices.join(' ')}' ;;`;
      }),
  );
  const lists = commands.map(({ path, options, subcommands }) => {
    const all = [...subcommands.map((below) => below.path.at(-1)), ...options.flatMap(({ flags }) => flags)];
    return `    '${path.join(' ')}') list='${all.join(' ')}' ;;`;
  });
  const complete = functionName(name);
  return `${complete}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command='' next list word
  for word in "\${COMP_WORDS[@]:1:$((COMP_CWORD-1))}"; do
    next="\${command:+$command }$word"
    case "$next" in
${steps.join('\n')}
    esac
  done
  COMPREPLY=()
  case "\${command:+$command }$previous" in
${values.join('\n')}
    *)
      case "$command" in
${lists.map((line) => `  ${line}`).join('\n')}
      esac ;;
  esac
  COMPREPLY=($(compgen -W "$list" -- "$current"))
}
complete -o default -F ${complete} ${name}
`;
}

function writeFish(name: string, words: CommandWords): string {
  const lines = everyCommand(words).flatMap(({ path, options, subcommands }) => {
    const names = subcommands.map((below) => below.path.at(-1)).join(' ');
    const seen = path.map((word) => `__fish_seen_subcommand_from ${word}`);
    const notBelow = names === '' ? [] : [`not __fish_seen_subcommand_from ${names}`];
    const condition = [...seen, ...notBelow].join('; and ');
    const start = `complete -c ${name}${condition === '' ? '' : ` -n '${condition}'`}`;
    return [
      ...subcommands.map((below) => `${start} -f -a ${below.path.at(-1)} -d ${quoteForFish(below.description)}`),
      ...options.map(({ flags, takesValue, choices, description }) => {
        const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
        const listed = choices.length > 0 ? ` -x -a '${choices.join(' ')}'` : takesValue ? ' -r' : '';
        return `${start} ${names.join(' ')}${listed} -d ${quoteForFish(description)}`;
      }),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function quoteForFish(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}

function functionName(name: string): string {
  return `_${name.replaceAll('-', '_')}_complete`;
}
