import { inspect } from 'node:util';
import { ExplainedError } from '../facts/explained-error.ts';
import { meantBy } from '../facts/meant-by.ts';
import { describeSystemError, isSystemError, type SystemError } from '../files/system-reason.ts';
import { describeNetworkError } from '../function/fetch/describe-network-error.ts';
import { SettingError } from '../function/settings/setting-error.ts';
import { printError } from './terminal/print.ts';
import { showShortName } from './terminal/show-controls.ts';
import { styled } from './terminal/styled-text.ts';

/** A model file may have names and values of megabytes. */
const longestSentenceInCharacters = 1_000;

/**
 * Tells a person what went wrong: the error's sentence and, where it has one, its hint. Only `isDebug` adds the stack
 * and what led to it.
 */
export function reportError(thrown: unknown, isDebug: boolean): void {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  printError([styled('red', 'lambda-lens:', '✗'), ` ${showShortName(sentenceOf(error), longestSentenceInCharacters)}`]);
  const hint = hintOf(error) ?? 'Run it again with --debug to see where this comes from.';
  // A hint may have several lines, such as a list of what to look for.
  for (const line of hint.split('\n')) printError(showShortName(line, longestSentenceInCharacters));
  if (isDebug) printError(inspect(error));
}

/** What went wrong; of a system call in words for people. */
export function sentenceOf(error: Error): string {
  if (!isSystemError(error)) return error.message;
  if (error.path !== undefined) return `${error.path} cannot be used: ${describeSystemError(error)}.`;
  const clause = describeNetworkError(error);
  return `This cannot be done: ${clause === undefined ? describeSystemError(error) : `${serverOf(error)} ${clause}`}.`;
}

/** As the error of a connection names it. */
function serverOf({ hostname, address, port }: SystemError): string {
  return hostname ?? (address === undefined ? 'the server' : `${address}:${port}`);
}

/** What to do about an error, where it says so. */
export function hintOf(error: Error): string | undefined {
  if (error instanceof SettingError && error.value !== undefined) {
    return [error.hint, meantBy(error.key, error.value)].filter((part) => part !== undefined).join(' ');
  }
  if (error instanceof ExplainedError) return error.hint;
  if (!isSystemError(error)) return undefined;
  return error.path === undefined && describeNetworkError(error) !== undefined
    ? 'Check the address, the connection and the proxy in between.'
    : 'Check the path, that you may read and write there, and that the disk has room.';
}
