import { ServiceError } from '../function/invocation/service-error.ts';

export interface FileError {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

const messageByCode: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  EACCES: 'The file may not be read.',
  EISDIR: 'This is a directory, not a photo.',
};

/**
 * What is wrong with one file among several, in the words of the service.
 * @throws what was thrown, where that is not about the file
 */
export function describeFileError(thrown: unknown): FileError {
  if (thrown instanceof ServiceError) return thrown.toBody().error;
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const isFromTheSystem = thrown instanceof Error && 'syscall' in thrown;
  const message = messageByCode[code] ?? (isFromTheSystem ? `The file cannot be read (${code}).` : undefined);
  if (message === undefined) throw thrown;
  return { code: 'unreadable_file', message, hint: 'Check the path.' };
}
