import { describe, expect, it } from 'vitest';
import { describeCalibration } from '../../../cli/calibration/describe-calibration.ts';
import { refuseNonsense } from '../../../cli/calibration/refuse-nonsense.ts';
import { calibrate, type MeasuredPhoto } from '../../../model/calibration/calibrate.ts';

const labels = ['hat', 'pants', 'shirt'];

/** Photos whose label the model gives a logit above the others', or another label where `isRight` says no. */
function photosOf(count: number, isRight: (at: number) => boolean, margin = 5): MeasuredPhoto[] {
  return Array.from({ length: count }, (_, at) => {
    const label = at % labels.length;
    const said = isRight(at) ? label : (label + 1) % labels.length;
    return {
      label,
      logits: Float32Array.from(labels, (_label, other) => (other === said ? margin + (at % 7) / 10 : 0)),
    };
  });
}

const calibrateOn = (photos: readonly MeasuredPhoto[], output?: 'sigmoids') =>
  calibrate({ photos, trainedOn: [], others: [], empty: [], emptyForMeasuring: [], ...(output && { output }) });

describe('a calibration is refused', () => {
  const right = photosOf(30, () => true);
  const hats = right.filter(({ label }) => label === 0);
  const alwaysHat = right.map((photo) => ({ ...photo, logits: Float32Array.of(9, 0, 0) }));
  const tooLarge = photosOf(30, (at) => at % 5 !== 0, 900);
  const byChance = photosOf(30, (at) => at % 3 === 0).map((photo, at) => ({ ...photo, label: (at * 7) % 3 }));

  it.each<[string, readonly MeasuredPhoto[], RegExp]>([
    ['photos of one kind', hats, /All photos show "hat"/],
    ['a model that says one label of everything', alwaysHat, /says "hat" of every photo/],
    ['logits a hundred times too large', tooLarge, /more than a calibration can mend/],
    ['a model no better than chance', byChance, /chance/],
  ])('for %s', (_what, photos, message) => {
    expect(() => refuseNonsense(photos, labels)).toThrow(message);
  });

  it.each([
    // Of three labels a third is chance, and 1.2 times that is 40 %.
    [12, true],
    [13, false],
  ])('where %i of 30 photos are right: %s', (right, isRefused) => {
    // Every label is said, so that no other refusal comes first.
    const photos = photosOf(30, (at) => at < right, 1);

    if (isRefused) expect(() => refuseNonsense(photos, labels)).toThrow(`gets ${right} of 30 photos right`);
    else expect(() => refuseNonsense(photos, labels)).not.toThrow();
  });

  it('for none of two labels that are told apart', () => {
    const photos = photosOf(30, (at) => at % 5 !== 0).filter(({ label }) => label < 2);

    expect(() => refuseNonsense(photos, labels)).not.toThrow();
  });

  it('for none that tells labels apart', () => {
    expect(() =>
      refuseNonsense(
        photosOf(30, (at) => at % 5 !== 0),
        labels,
      ),
    ).not.toThrow();
  });
});

describe('a calibration is told', () => {
  const names = { model: 'model/mine', photos: 'photos', hasReadme: false };

  it('in sentences, before and after', () => {
    const photos = photosOf(60, (at) => at % 6 !== 0, 12);

    const text = describeCalibration(names, photos, calibrateOn(photos), { labels, output: 'softmax' }).join(' ');

    expect(text).toContain('60 photos, of which the model gets 50 right (83.3 %; ');
    expect(text).toMatch(/Before, its probabilities promised too much: 100.0 % on average\. Now they are 8\d\.\d %/);
    expect(text).toContain('lambda-lens evaluate model/mine');
  });

  it('as every answer, where none is right often enough', () => {
    const photos = photosOf(60, (at) => at % 2 === 0);
    const calibration = { ...calibrateOn(photos), unsureBelow: 1 };

    expect(describeCalibration(names, photos, calibration, { labels, output: 'softmax' }).join(' ')).toContain(
      'Never confident: however high a probability',
    );
  });

  it('by a threshold for each independent label', () => {
    const photos = photosOf(90, () => true);
    const calibration = calibrateOn(photos, 'sigmoids');
    const thresholds = calibration.unsureBelow as readonly number[];

    const text = describeCalibration(names, photos, calibration, { labels, output: 'sigmoids' }).join(' ');

    expect([calibration.temperature, thresholds.length]).toEqual([1, labels.length]);
    expect(text).toContain('90 photos, of which 90 have their label first (100.0 %; ');
    expect(text).toContain(labels.map((label, at) => `${label} ${thresholds[at]}`).join(', '));
    expect(text).not.toContain('features');
  });

  it('as every answer of a label that too few photos show', () => {
    const photos = photosOf(90, () => true);
    const calibration = { temperature: 1, unsureBelow: [0.9, 1, 0.9] };

    expect(describeCalibration(names, photos, calibration, { labels, output: 'sigmoids' }).join(' ')).toContain(
      'A threshold of 1 means every answer',
    );
  });
});
