import { describe, expect, it } from 'vitest';
import {
  type CalibrationPhotos,
  calibrate,
  type MeasuredPhoto,
  toAnswers,
} from '../../../model/calibration/calibrate.ts';
import { randomSource } from '../../../model/calibration/random-source.ts';
import { readUnfamiliarity, scoreUnfamiliarity } from '../../../model/verdict/unfamiliarity.ts';

const size = 12;
const random = randomSource(5);

/** Features of length 1 near one axis. */
function drawFeatures(axis: number): Float32Array {
  return Float32Array.from({ length: size }, (_, at) => (at === axis ? 1 : 0) + random() * 0.3);
}

/** Two kinds along the first two axes; one answer in ten is wrong and half-hearted. */
function drawPhotos(count: number): MeasuredPhoto[] {
  return Array.from({ length: count }, (_, index) => {
    const label = index % 2;
    const isWrong = index % 10 === 3;
    const logit = isWrong ? 1 : 5 + random();
    const logits = label === (isWrong ? 1 : 0) ? Float32Array.of(logit, 0) : Float32Array.of(0, logit);
    return { label, logits, features: drawFeatures(label) };
  });
}

function drawMany(count: number, axis: number): Float32Array[] {
  return Array.from({ length: count }, () => drawFeatures(axis));
}

const data: CalibrationPhotos = {
  photos: drawPhotos(100),
  trainedOn: drawPhotos(100),
  others: drawMany(40, 5),
  empty: drawMany(20, 9),
  emptyForMeasuring: drawMany(20, 9),
};

describe('calibrate', () => {
  const calibration = calibrate(data);

  it('fits a card that tells known photos from others and from photos of nothing', () => {
    const { temperature, unsureBelow, unfamiliar } = calibration;

    expect(temperature).toBeGreaterThan(0.2);
    expect(unsureBelow).toBeGreaterThan(0.5);

    const statistics = readUnfamiliarity(unfamiliar ?? {});
    const isUnfamiliar = (features: Float32Array) => scoreUnfamiliarity(statistics, features) > statistics.above;

    expect(drawMany(50, 5).every(isUnfamiliar)).toBe(true);
    expect(drawMany(50, 9).every(isUnfamiliar)).toBe(true);
    expect(drawMany(50, 1).filter(isUnfamiliar).length).toBeLessThanOrEqual(3);
  });

  it('reports figures of photos that were not fitted on', () => {
    expect(calibration.fitted).toMatchObject({
      photos: 100,
      trainedOn: 100,
      others: 40,
      crossFitted: {
        accuracy: 0.9,
        confident: { coverage: expect.closeTo(0.9, 1), right: 1 },
        unfamiliar: { ofOthers: 1, ofEmpty: 1 },
      },
    });
  });

  it('needs neither other photos nor photos trained on', () => {
    const { unfamiliar } = calibrate({ ...data, trainedOn: [], others: [] });
    const statistics = readUnfamiliarity(unfamiliar ?? {});

    expect(drawMany(20, 5).every((features) => scoreUnfamiliarity(statistics, features) > statistics.above)).toBe(true);
  });

  it.each([
    [90, 3],
    [90, 20],
    [40, 60],
  ])('finds %i answers confident that are all right, %d logits ahead', (count, lead) => {
    const photos = Array.from({ length: count }, (_, index) => {
      const logits = index % 2 === 0 ? Float32Array.of(lead + random(), 0) : Float32Array.of(0, lead + random());
      return { label: index % 2, logits };
    });

    const { temperature, unsureBelow, fitted } = calibrate({ ...data, photos });

    const confident = toAnswers(photos, temperature ?? 1).filter(
      ({ probability }) => probability >= Number(unsureBelow),
    );
    expect(unsureBelow).toBeLessThan(1);
    expect(confident.length).toBeGreaterThanOrEqual(0.9 * count);
    expect(confident.every(({ probability }) => probability < 1)).toBe(true);
    expect(fitted).toMatchObject({ crossFitted: { confident: { right: 1 } } });
  });

  it('finds none confident of answers that are right by chance, and says the same of photos left out', () => {
    const photos = Array.from({ length: 60 }, (_, index) => ({ label: index % 2, logits: Float32Array.of(1, 0) }));

    const { unsureBelow, fitted } = calibrate({ ...data, photos });

    expect(unsureBelow).toBe(1);
    expect(fitted).toMatchObject({ crossFitted: { confident: { coverage: 0 } } });
  });

  it('leaves unfamiliar out for a graph without features', () => {
    const photos = data.photos.map(({ logits, label }) => ({ logits, label }));

    expect(calibrate({ ...data, photos })).not.toHaveProperty('unfamiliar');
  });

  it('refuses fewer photos than figures could be drawn from', () => {
    expect(() => calibrate({ ...data, photos: drawPhotos(19) })).toThrow('19 photos are too few; it takes 20 or more');
  });
});
