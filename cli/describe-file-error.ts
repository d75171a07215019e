import { FileError } from '../files/file-error.ts';
import { ServiceError, toServiceError } from '../function/invocation/service-error.ts';
import { PhotoError } from '../photo/photo-error.ts';

export interface FileProblem {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/**
 * What is wrong with one file among several, in the words of the service.
 * @throws what was thrown, where that is not about the file
 */
export function describeFileError(thrown: unknown): FileProblem {
  if (thrown instanceof ServiceError || thrown instanceof PhotoError) return toServiceError(thrown).toBody().error;
  if (!(thrown instanceof FileError)) throw thrown;
  const { complaint, hint } = thrown;
  return { code: 'unreadable_file', message: `The file cannot be read: ${complaint}.`, hint };
}
