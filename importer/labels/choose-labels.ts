import { ImportError } from '../import-error.ts';
import type { ImportedModel } from '../import-model.ts';
import { fitLabels } from './fit-labels.ts';
import { findLabelsBeside } from './labels-beside.ts';

export interface ChosenLabels {
  readonly labels: readonly string[];
  /** The file beside the model that they are from, where the owner named none. */
  readonly foundIn?: string;
}

/**
 * The labels of a model: those that the owner gives, else those in its file, else, for an export of Teachable Machine, those
 * that it was exported with. Throws an ImportError where there are none, or not as many as outputs; a file of labels that
 * lies beside any other model may be of another training, so it is named and not taken.
 */
export function chooseLabels(
  file: string,
  model: Pick<ImportedModel, 'labels' | 'outputs' | 'maker'>,
  given: readonly string[] | undefined,
): ChosenLabels {
  const { outputs } = model;
  const told = given ?? model.labels;
  if (told !== undefined) return { labels: fitLabels(told, outputs) };
  const beside = findLabelsBeside(file, outputs);
  if (beside !== undefined && model.maker === 'teachable-machine') {
    return { labels: beside.labels, foundIn: beside.path };
  }
  throw new ImportError(
    'The file does not hold its labels.',
    beside === undefined
      ? `Give them with --labels: ${outputs === 1 ? 'two' : outputs}, in a text file of one a line, as JSON, or as the folder of the training photos.`
      : `If they are those of the file beside it, in that order, give --labels ${beside.path}.`,
  );
}
