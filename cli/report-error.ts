/**
 * Tells a person what went wrong: the error's sentence and, where it has one, its hint. Only `isDebug` adds the stack
 * and what led to it.
 */
export function reportError(thrown: unknown, isDebug: boolean): void {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  console.error(`lambda-lens: ${error.message}`);
  console.error(hintOf(error) ?? 'Run it again with --debug to see where this comes from.');
  if (isDebug) console.error(error);
}

/** What to do about an error, where it says so. */
export function hintOf(error: Error): string | undefined {
  if ('hint' in error && typeof error.hint === 'string') return error.hint;
  // A model that can't be served says all there is to say in its message.
  return error.name === 'ModelError' ? 'See the README on model directories.' : undefined;
}
