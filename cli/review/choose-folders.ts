import { resolve, sep } from 'node:path';
import { CliError } from '../cli-error.ts';
import { showName } from '../terminal/show-controls.ts';
import { findModelDirectory } from '../train/choose-out.ts';
import { readTrainingRecord, type TrainingRecord } from '../train/training-record.ts';

export interface ChosenFolders {
  /** Absolute, as the others. */
  readonly into: string;
  readonly others: string;
  /** The model directory that was named, and that a training has to be told too. */
  readonly out: string | undefined;
}

export interface FolderOptions {
  readonly into?: string;
  readonly others?: string;
  readonly model?: string;
}

/**
 * The folders asked for, or else those that a trained model remembers: the one named, or what the project serves.
 * @throws CliError where neither says into which folder, and where the others would become a label
 */
export async function chooseFolders(
  { into, others, model }: FolderOptions,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ChosenFolders> {
  const named = model ?? environment.MODEL_DIRECTORY;
  const known = await findTrainedFolders(named);
  if (model !== undefined && known === undefined) {
    throw new CliError(
      `${showName(model)} holds no training.json of "lambda-lens train".`,
      'Leave it out, and give --into photos/.',
    );
  }
  const chosen = into ?? known?.directory;
  if (chosen === undefined) {
    throw new CliError(
      'Nothing says which folder the photos are to go into.',
      'Name the folder of class folders that you train on: --into photos/',
    );
  }
  const directory = resolve(chosen);
  const ofModel = directory === known?.directory ? known.others : undefined;
  const chosenOthers = resolve(others ?? ofModel ?? `${directory}-others`);
  if (`${chosenOthers}${sep}`.startsWith(`${directory}${sep}`)) {
    throw new CliError(
      `${showName(chosenOthers)} lies in the folder of class folders: its name would be a label.`,
      'Give another folder by --others.',
    );
  }
  const isOfModel = directory === known?.directory;
  return { into: directory, others: chosenOthers, out: isOfModel && named !== undefined ? resolve(named) : undefined };
}

async function findTrainedFolders(named: string | undefined): Promise<TrainingRecord | undefined> {
  const directory = named ?? (await findModelDirectory());
  const record = directory === undefined ? undefined : readTrainingRecord(directory);
  return typeof record === 'object' ? record : undefined;
}
