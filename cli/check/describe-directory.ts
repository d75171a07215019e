import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { assets } from '../../function/bundling/assets.ts';
import { readMeasured } from '../../function/page/read-measured.ts';
import type { Card } from '../../model/card/card.ts';
import type { Classifier } from '../../model/classification.ts';
import { load } from '../../model/classifier.ts';

/** Whether a path is a model directory of this project, and no file to be imported. */
export function isModelDirectory(path: string): boolean {
  return existsSync(join(path, 'card.json')) && existsSync(join(path, 'model.json'));
}

/** Loads a model directory, so that what is wrong with it is thrown, and describes it. */
export async function describeDirectory(path: string): Promise<{ readonly lines: string[]; readonly json: object }> {
  const classifier = await load(path, assets);
  try {
    const { card, version, canExplain } = classifier;
    const parity = classifier.verifyParity();
    const { name, labels, input, output, calibration, metrics } = card;
    const json = {
      name,
      version,
      weightsVersion: card.version,
      labels,
      input,
      output,
      canExplain,
      parity,
      calibration,
      metrics,
    };
    return { lines: describe(classifier, parity), json };
  } finally {
    classifier.dispose();
  }
}

function describe({ card, version, canExplain }: Classifier, parity: ReturnType<Classifier['verifyParity']>): string[] {
  const { width, height, channels, resize, fit, scale, offset } = card.input;
  return [
    `Model        ${card.name}, version ${version}; it can be served as it is`,
    `Labels       ${card.labels.length}: ${card.labels.join(', ')}`,
    `Input        ${width} x ${height} pixels, ${channels}; ${fit}, ${resize}`,
    `Pixels       0-255 x ${[scale].flat().join(', ')} + ${[offset].flat().join(', ')}`,
    `Output       ${card.output}; ${canExplain ? 'it can say where in a photo it looks' : 'it cannot explain its answers'}`,
    `Calibration  ${describeCalibration(card)}`,
    `Measured     ${describeMeasured(card)}`,
    `Parity       ${parity === undefined ? 'no answers of the original are recorded' : `${parity.ok ? 'answers as' : 'DIFFERS from'} the original on ${parity.photos} drawn photos`}`,
  ];
}

function describeMeasured(card: Card): string {
  const measured = readMeasured(card);
  if (measured === undefined) return 'not yet: "lambda-lens evaluate"';
  const { accuracy, photos, by } = measured;
  const where = by === 'crossValidation' ? ', each left out of the training in turn' : '';
  return `${(accuracy * 100).toFixed(1)} % of ${photos} photos right${where}`;
}

function describeCalibration({ calibration, labels }: Card): string {
  if (calibration === undefined) return 'none: every verdict is "uncalibrated"; "lambda-lens calibrate" mends that';
  const { temperature, unsureBelow = 0.5, unfamiliar } = calibration;
  const strange = unfamiliar === undefined ? 'nothing is called unfamiliar' : 'strange photos are called unfamiliar';
  if (typeof unsureBelow === 'number') return `temperature ${temperature}, unsure below ${unsureBelow}; ${strange}`;
  return `each label alone, unsure below ${labels.map((label, at) => `${label} ${unsureBelow[at]}`).join(', ')}`;
}
