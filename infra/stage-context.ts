import * as pulumi from '@pulumi/pulumi';
import { bundle } from '../function/bundling/bundle.ts';

export interface ContextArgs {
  readonly modelDirectory: string;
  /** An absolute path. */
  readonly stagingDirectory: string;
}

const staged = new Map<string, { readonly modelDirectory: string; readonly directory: Promise<string> }>();

/**
 * Stages the Docker context, once in a program for each directory, and says where it is.
 * @throws RunError where two services with different models would stage into one directory.
 */
export function stageContext({ modelDirectory, stagingDirectory }: ContextArgs): Promise<string> {
  const known = staged.get(stagingDirectory);
  if (known && known.modelDirectory !== modelDirectory) {
    throw new pulumi.RunError(
      `Two services stage different models into ${stagingDirectory}; give one another stagingDirectory.`,
    );
  }
  const directory =
    known?.directory ?? bundle({ modelDirectory, outDirectory: stagingDirectory }).then(() => stagingDirectory);
  staged.set(stagingDirectory, { modelDirectory, directory });
  return directory;
}
