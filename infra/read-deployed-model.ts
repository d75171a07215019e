import * as pulumi from '@pulumi/pulumi';
import { ModelError } from '../model/model-error.ts';
import { readModelDirectory } from '../model/read-model-directory.ts';

export interface DeployedModel {
  /** The version that the service gives it. */
  readonly version: string;
  /** What a list of the function's versions tells a version's model by. */
  readonly description: string;
}

/**
 * The model of a directory, whose parts belong together.
 * @throws RunError with the sentence that the service would have of what does not, before anything is planned
 */
export function readDeployedModel(modelDirectory: string): DeployedModel {
  try {
    const { card, version } = readModelDirectory(modelDirectory);
    return { version, description: `model ${card.name} ${version}` };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const { message, hint } = error;
    throw new pulumi.RunError(
      `modelDirectory is ${JSON.stringify(modelDirectory)}, which can't be served: ${message} ${hint}`,
    );
  }
}
