import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportedModel } from '../../importer/import-model.ts';
import { fitLabels } from '../../importer/labels/fit-labels.ts';
import { readLabels } from '../../importer/labels/read-labels.ts';
import { type PreprocessMode, preprocessingOf } from '../../importer/preprocessing.ts';
import { chooseFitting } from '../../importer/presets/choose-fitting.ts';
import { writeModelDirectory } from '../../importer/write-model-directory.ts';
import { chooseByPhotos, type PhotoTrial } from '../import/choose-by-photos.ts';
import { teachableMachine } from '../import/pixel-options.ts';

interface TrialOptions {
  readonly photos: string;
  readonly labels?: string;
  readonly preprocess?: PreprocessMode;
}

/** How labelled photos come out, as an import would choose their pixels; from a temporary directory that is gone afterwards. */
export async function tryPhotos(
  model: ImportedModel,
  options: TrialOptions,
): Promise<{ readonly option: string; readonly photos: PhotoTrial }> {
  const labels = fitLabels(
    options.labels === undefined ? (model.labels ?? readLabels(options.photos)) : readLabels(options.labels),
    model.outputs,
  );
  const fitting = chooseFitting({}, model.maker === 'teachable-machine' ? teachableMachine() : undefined);
  const input = { ...model.input, ...fitting, ...preprocessingOf('none', model.input.channels) };
  const card = { name: 'checked', labels, input, output: model.output };
  const directory = await mkdtemp(join(tmpdir(), 'lambda-lens-'));
  try {
    await writeModelDirectory(directory, model, { card, weights: 'float32' });
    const { option, trial } = await chooseByPhotos(directory, { ...model, card }, options);
    return { option, photos: trial as PhotoTrial };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
