import { largestMoveOfHalves } from '../../importer/stored-precision.ts';
import type { Verification } from '../../importer/verify-directory.ts';
import { describeSize } from '../describe-size.ts';
import { shellWord } from '../terminal/shell-word.ts';
import { type Printable, styled } from '../terminal/styled-text.ts';
import type { PhotoTrial } from './choose-by-photos.ts';
import { describeLargestShare, describeShare } from './describe-share.ts';
import type { ImportOptions, ImportResult } from './import-options.ts';

/** What an import did, in sentences, and the next command. */
export function describeImport(result: ImportResult, options: ImportOptions): Printable[] {
  const { directory, labels, labelsFoundIn, pixels, photos, weightsInBytes, weights, version, isCalibrated } = result;
  return [
    ...(labelsFoundIn === undefined ? [] : [`Labels: ${labels.join(', ')}, from ${labelsFoundIn}.`]),
    ...(pixels.because === undefined ? [] : [`Pixels: ${pixels.option}, because ${pixels.because}.`]),
    ...(photos ? [describeTrial(photos, pixels.option)] : []),
    describeVerification(result.verification),
    ...describeWeights(result, options),
    [
      styled('green', directory, '✓'),
      `: ${describeSize(weightsInBytes)} of weights as ${weights}, version ${version}.`,
    ],
    ...(isCalibrated ? ['It is the same model as before, so its calibration is kept.'] : describeNext(result, options)),
  ];
}

/** What nobody knows yet of a model, and the command that finds it out. */
function describeNext({ directory, maker, photos }: ImportResult, options: ImportOptions): Printable[] {
  const when = photos?.better === undefined ? 'Next' : 'Once its scale of pixels is settled';
  const which = maker === 'teachable-machine' ? ' (new ones, that Teachable Machine was not shown)' : '';
  return [
    `Nobody has measured yet how often it is right: its verdict on every photo is "uncalibrated". ${when}, with photos that it was not trained on${which}:`,
    [
      styled(
        'cyan',
        `  npx lambda-lens calibrate ${shellWord(directory)} --photos ${shellWord(options.photos ?? 'held-out/')}`,
      ),
    ],
  ];
}

/** `Photos: 12 of 40 right with --preprocess none; with --preprocess tf 38 of 40.` */
export function describeTrial({ photos, of, right, better, alsoBetter = [] }: PhotoTrial, option: string): string {
  const taken = photos < of ? ` (taken evenly from your ${of})` : '';
  const chosen = `Photos: ${right} of ${photos}${taken} right with ${option}`;
  if (better === undefined) return `${chosen}.`;
  const { likelihood } = better;
  const surer = likelihood
    ? `, and the right label gets ${likelihood.better} on average instead of ${likelihood.chosen}`
    : '';
  const found = `${chosen}; with ${better.option} ${better.right} of ${photos}${surer}`;
  if (alsoBetter.length === 0) return `${found}. Import again with that, if the training code scales pixels so.`;
  const others = alsoBetter.map((way) => `with ${way.option} ${way.right}`).join(', ');
  return `${found}, ${others}. Import again with the one by which the training code scales pixels.`;
}

const farOff =
  'That is more than rounding: your program probably resizes photos in another way; see --resize and --fit. parity.json is left out, so that the deployed model has nothing to be compared with.';

function describeVerification(verification: Verification): string {
  const unknown = 'Whether that is what the original answers: importer/reference.py records it, for --parity.';
  if (verification.against === 'nothing') return `Not compared: ${verification.because}. ${unknown}`;
  const difference = `${describeLargestShare(verification.largestDifference)} of their range`;
  if (verification.against === 'recorded answers') {
    const { madeWith, photos, recorded, isOwnPreprocessing, isKept } = verification;
    const whole = isOwnPreprocessing ? ', from the photo on with your own preprocessing' : '';
    const number = photos === recorded ? photos : `${photos} of ${recorded}`;
    const found = `Compared with ${madeWith} on ${number} drawn photos${whole}: the same first labels, and scores differ by ${difference}.`;
    return isKept ? found : `${found} ${farOff}`;
  }
  return `The WebAssembly and the plain CPU backend agree: scores differ by ${difference}. ${unknown}`;
}

export function describeWeights(
  { movedByWeights, weights, keptSingle }: Pick<ImportResult, 'movedByWeights' | 'weights' | 'keptSingle'>,
  options: Pick<ImportOptions, 'weights'>,
): string[] {
  if (movedByWeights === undefined) return [];
  const bound = `${largestMoveOfHalves * 100} %`;
  if (weights === 'float32') {
    return [
      `Weights stay as they are: half floats would move answers by ${describeShare(movedByWeights)} of their range, more than ${bound}.`,
    ];
  }
  const hint =
    movedByWeights > largestMoveOfHalves && options.weights !== undefined ? '; --weights float32 would not' : '';
  const kept = keptSingle && ` (the smallest ${keptSingle.number} of ${keptSingle.of} kernels as float32)`;
  return [
    `Stored as ${weights}${kept ?? ''}, weights move answers by ${describeLargestShare(movedByWeights)} of their range on drawn photos${hint}.`,
  ];
}
