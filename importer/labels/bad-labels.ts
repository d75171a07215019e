import { ImportError } from '../import-error.ts';

export function badLabels(path: string, what: string, cause?: unknown): ImportError {
  return new ImportError(
    `The labels in ${path} cannot be used: ${what}.`,
    'Give a text file with one label a line, or the folder of the training photos.',
    { cause },
  );
}
