import { CliError } from './cli-error.ts';

const flags = ['model', 'port', 'host', 'workers'] as const;

/**
 * `npm start --model DIR`, where `npm start -- --model DIR` is right: npm takes the flag for one of its own, hands on a bare
 * DIR and says in the environment that there was a flag, or with `--model=DIR` what its value was.
 * @returns the words as they were meant
 * @throws CliError where several flags lost their values, which come without an order
 */
export function restoreNpmWords(words: readonly string[], environment: NodeJS.ProcessEnv): readonly string[] {
  if (environment.npm_lifecycle_event !== 'start' || words[0] !== 'serve') return words;
  const taken = flags.flatMap((flag) => {
    const value = environment[`npm_config_${flag}`];
    return value === undefined || value === '' ? [] : [{ flag, value }];
  });
  const whole = taken.filter(({ value }) => value !== 'true').flatMap(({ flag, value }) => [`--${flag}`, value]);
  const bare = taken.filter(({ value }) => value === 'true');
  const [first, ...others] = bare;
  if (first === undefined) return [...words, ...whole];
  const [serve = 'serve', value, ...rest] = words;
  if (others.length === 0 && value !== undefined && !value.startsWith('-')) {
    return [serve, `--${first.flag}`, value, ...rest, ...whole];
  }
  throw new CliError(
    `npm took ${bare.map(({ flag }) => `--${flag}`).join(' and ')} for options of its own.`,
    'Put -- before them: npm start -- --model model/mine --port 9000',
  );
}
