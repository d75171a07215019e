import { bundle } from '../function/bundling/bundle.ts';

export interface StagedContext {
  /** An absolute path. */
  readonly directory: string;
  /** Rejects where it can't be staged. */
  readonly finished: Promise<void>;
}

const staged = new Map<string, StagedContext & { readonly modelDirectory: string }>();

/**
 * Stages the Docker context, once in a program for each directory and model.
 * @param stagingDirectory an absolute path; where a service with another model has it already, the name of this one is added
 */
export function stageContext(modelDirectory: string, stagingDirectory: string, name: string): StagedContext {
  const known = staged.get(stagingDirectory);
  if (known?.modelDirectory === modelDirectory) return known;
  if (known !== undefined) return stageContext(modelDirectory, `${stagingDirectory}.${name}`, name);
  const finished = bundle({ modelDirectory, outDirectory: stagingDirectory }).then(() => undefined);
  const context = { modelDirectory, directory: stagingDirectory, finished };
  staged.set(stagingDirectory, context);
  return context;
}
