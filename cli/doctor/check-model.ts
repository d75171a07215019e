import { assets } from '../../function/bundling/assets.ts';
import type { StackSettings } from '../../infra/settings.ts';
import { load } from '../../model/classifier.ts';
import { sentenceOf } from '../report-error.ts';
import { failed, type Outcome, ok, skipped } from './outcome.ts';

const importAgain = 'Make the directory again by "lambda-lens import", or correct modelDirectory.';

/** Whether the model loads here as it will on Lambda, and answers as its own framework did where its directory says how. */
export async function checkModel(settings: Pick<StackSettings, 'modelDirectory' | 'imageUri'>): Promise<Outcome> {
  if (settings.imageUri !== undefined) return skipped('the model is in a prebuilt image');
  try {
    const classifier = await load(settings.modelDirectory, assets);
    const { card, version } = classifier;
    const parity = classifier.verifyParity();
    classifier.dispose();
    const name = `"${card.name}" ${version}, ${card.labels.length} labels`;
    if (parity === undefined) return ok(`${name}; no parity.json to compare with`);
    if (parity.ok) return ok(`${name}; same answers as its framework for ${parity.photos} photos`);
    return failed(
      `${name} differs from its framework by up to ${parity.largestDifference.toPrecision(2)}.`,
      importAgain,
    );
  } catch (error) {
    return failed(error instanceof Error ? sentenceOf(error) : String(error), importAgain);
  }
}
