import { type MeasuredPhoto, toAnswers } from '../../model/calibration/calibrate.ts';
import { fitTemperature } from '../../model/calibration/temperature.ts';
import { indexOfLargest } from '../../model/verdict/probabilities.ts';
import { CliError } from '../cli-error.ts';

/** The highest temperature that is fitted is 20; so near to it the logits are not those of training. */
const highestSensible = 19;
/** By how much a model must beat one that names labels by chance. */
const leastTimesChance = 1.2;

/** Throws a CliError for photos on which a calibration would say nothing: of one kind, or of a model that guesses. */
export function refuseNonsense(photos: readonly MeasuredPhoto[], labels: readonly string[]): void {
  const shown = new Set(photos.map(({ label }) => label));
  if (shown.size < 2) {
    throw new CliError(
      `All photos show "${labels[[...shown][0] ?? 0]}": whether the model tells labels apart cannot be seen of them.`,
      'Give a folder for each label.',
    );
  }
  const said = new Set(photos.map(({ logits }) => indexOfLargest(logits)));
  const hint =
    'Most often its pixels are scaled wrongly: "lambda-lens import … --photos FOLDER" tries the common ways.';
  if (said.size === 1) {
    throw new CliError(
      `The model says "${labels[[...said][0] ?? 0]}" of every photo, so there is nothing to calibrate.`,
      hint,
    );
  }
  const right = toAnswers(photos, 1).filter(({ isRight }) => isRight).length;
  if (right * labels.length <= leastTimesChance * photos.length) {
    throw new CliError(
      `The model gets ${right} of ${photos.length} photos right, which is no better than chance among ${labels.length} labels.`,
      `${hint} If they are right, check that the labels are in the order of training.`,
    );
  }
  if (fitTemperature(photos) < highestSensible) return;
  throw new CliError(
    "The model's probabilities are off by more than a calibration can mend: it is as sure when it is wrong.",
    hint,
  );
}
