import { mkdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { assets } from '../../function/bundling/assets.ts';
import { countMultiplications } from '../../importer/graph/count-multiplications.ts';
import { type ImportedModel, importModel } from '../../importer/import-model.ts';
import { installDirectory } from '../../importer/install-directory.ts';
import { chooseLabels } from '../../importer/labels/choose-labels.ts';
import { readLabels } from '../../importer/labels/read-labels.ts';
import { askForPreprocessing, findPreprocessing } from '../../importer/pixels/choose-preprocessing.ts';
import { preprocessingOf } from '../../importer/preprocessing.ts';
import { checkPresetSize, chooseFitting } from '../../importer/presets/choose-fitting.ts';
import { verifyDirectory } from '../../importer/verify-directory.ts';
import { type WrittenModel, writeCard, writeModelDirectory } from '../../importer/write-model-directory.ts';
import type { Card, CardInput } from '../../model/card/card.ts';
import { load } from '../../model/classifier.ts';
import { createProgressBar } from '../terminal/progress-bar.ts';
import { chooseByPhotos } from './choose-by-photos.ts';
import { chooseWeights, singleName } from './choose-weights.ts';
import type { ImportOptions, ImportResult } from './import-options.ts';
import { keepMeasured } from './keep-measured.ts';
import { pixelOptions, presetOf, teachableMachine } from './pixel-options.ts';

/** Does what `lambda-lens import` says; the directory is whole, or as it was. */
export async function runImport(file: string, options: ImportOptions): Promise<ImportResult> {
  const given = options.labels === undefined ? undefined : readLabels(options.labels);
  return await installDirectory(options.out, async (staging, earlier) => {
    const draft = await writeDraft(staging, file, given, options);
    const chosen = await chooseByPhotos(staging, draft, { ...pixelOptions(options), photos: options.photos });
    const { weights, moved, written, keptSingle } = await chooseWeights(
      staging,
      draft,
      chosen.preprocessing,
      options.weights,
    );
    const input: CardInput = { ...draft.card.input, ...chosen.preprocessing };
    const card: Card = { ...written.card, input };
    await writeCard(staging, card);
    const { multiplications } = draft;
    const verification = await verifyDirectory(staging, assets, { multiplications, weights });
    const kept = keepMeasured(staging, card, earlier, options.force === true);
    const { metrics, calibration } = kept ?? {};
    await writeCard(staging, { ...card, ...(calibration && { calibration }), metrics: { ...metrics, verification } });
    return {
      directory: options.out,
      version: await readVersion(staging),
      weightsVersion: card.version,
      weightsInBytes: written.weightsInBytes,
      weights,
      ...(moved !== undefined && { movedByWeights: moved }),
      ...(keptSingle && { keptSingle }),
      labels: card.labels,
      ...(draft.labelsFoundIn !== undefined && { labelsFoundIn: draft.labelsFoundIn }),
      ...(draft.maker && { maker: draft.maker }),
      input,
      output: card.output,
      pixels: { option: chosen.option, ...(chosen.because !== undefined && { because: chosen.because }) },
      ...(chosen.trial && { photos: chosen.trial }),
      verification,
      isCalibrated: calibration !== undefined,
    };
  });
}

/** The model as it lies in the staging directory, before its pixels are known. */
interface Draft extends Pick<ImportedModel, 'architectures' | 'pixels' | 'input' | 'maker'> {
  readonly card: Omit<Card, 'version'>;
  readonly written: WrittenModel;
  /** The same in single precision, where that is another. */
  readonly single: WrittenModel | undefined;
  readonly multiplications: number;
  readonly labelsFoundIn: string | undefined;
}

/** A function of its own, so that the weights are gone from memory before they are loaded again. */
async function writeDraft(
  directory: string,
  file: string,
  listed: readonly string[] | undefined,
  options: ImportOptions,
): Promise<Draft> {
  const given = presetOf(options);
  const model = await importModel(file, {
    size: options.size ?? given?.size,
    output: options.output,
    outputActivation: options.outputActivation,
    onProgress: createProgressBar('Reading weights'),
  });
  const { labels, foundIn } = chooseLabels(file, model, listed);
  const preset = given ?? (model.maker === 'teachable-machine' ? teachableMachine() : undefined);
  if (given !== undefined) checkPresetSize(given, model.input);
  const found = findPreprocessing(model, pixelOptions(options));
  if (found === undefined && options.photos === undefined) throw askForPreprocessing(model, []);
  const preprocessing = found?.preprocessing ?? preprocessingOf('none', model.input.channels);
  const card: Omit<Card, 'version'> = {
    name: options.name ?? basename(file, extname(file)),
    labels,
    input: { ...model.input, ...chooseFitting(options, preset), ...preprocessing },
    output: model.output,
    trained: { file: basename(file), with: model.madeWith },
  };
  const weights = options.weights ?? 'float16';
  const written = await writeModelDirectory(directory, model, { card, weights, parity: options.parityText });
  const { architectures, pixels, input } = model;
  const multiplications = countMultiplications(model.graph);
  const { maker } = model;
  const draft = { architectures, pixels, input, card, written, multiplications, maker, labelsFoundIn: foundIn };
  if (weights === 'float32') return { ...draft, single: undefined };
  await mkdir(join(directory, singleName));
  const single = await writeModelDirectory(join(directory, singleName), model, { card, weights: 'float32' });
  return { ...draft, single };
}

async function readVersion(directory: string): Promise<string> {
  const classifier = await load(directory, assets);
  classifier.dispose();
  return classifier.version;
}
