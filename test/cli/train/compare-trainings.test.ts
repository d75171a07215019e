import { describe, expect, it } from 'vitest';
import { compareTrainings, describeComparison } from '../../../cli/train/compare-trainings.ts';

const photo = (hash: string, label: string, predicted: string) => ({
  path: `/photos/${label}/${hash}.jpg`,
  hash,
  label,
  predicted,
  probability: 0.9,
});
const record = (photos: ReturnType<typeof photo>[]) => ({ body: '1', seed: 1, labels: ['cat', 'dog'], photos });

describe('a training held against the one before', () => {
  it('counts photos by their content, by the labels that they bear now', () => {
    const before = record([
      photo('1', 'cat', 'cat'),
      photo('2', 'cat', 'dog'),
      photo('3', 'cat', 'dog'),
      photo('gone', 'cat', 'cat'),
    ]);

    const compared = compareTrainings(before, [
      photo('1', 'cat', 'dog'),
      photo('2', 'cat', 'cat'),
      // It lies among the dogs now, which the model before had said.
      photo('3', 'dog', 'dog'),
      photo('new', 'cat', 'dog'),
    ]);

    expect(compared).toMatchObject({ photos: 3, rightBefore: 2, right: 2, mended: 1, broken: 1, verdict: 'same' });
  });

  it('leaves out labels that the model before could not say', () => {
    const compared = compareTrainings(record([photo('1', 'cat', 'cat'), photo('2', 'cat', 'cat')]), [
      photo('1', 'cat', 'cat'),
      photo('2', 'lion', 'lion'),
    ]);

    expect(compared).toMatchObject({ photos: 1, ofNewLabels: 1, rightBefore: 1, right: 1 });
    expect(describeComparison(compared).join(' ')).toContain('1 known to both whose label the model before did not');
  });

  it.each([
    [
      0,
      6,
      /^Worse than the model before: of the 20 photos .* 14 right, before 20 \(0 mended, 6 newly wrong\).* 1\.6 % /,
    ],
    [6, 0, /^Better than the model before: of the 20 photos .* 20 right, before 14 \(6 mended, 0 newly wrong\)/],
    [
      1,
      1,
      /^Against the model before: .* no difference that these photos can show\..* between −\d+\.\d and \+\d+\.\d /,
    ],
  ])('says of %i mended and %i newly wrong what that means', (mended, broken, words) => {
    const all = Array.from({ length: 20 }, (_, at) => String(at));
    const before = record(all.map((hash, at) => photo(hash, 'cat', at < mended ? 'dog' : 'cat')));

    const compared = compareTrainings(
      before,
      all.map((hash, at) => photo(hash, 'cat', at >= all.length - broken ? 'dog' : 'cat')),
    );

    expect(describeComparison(compared)[0]).toMatch(words);
  });

  it('says where nothing can be compared', () => {
    expect(describeComparison(compareTrainings(record([]), [photo('1', 'cat', 'cat')]))[0]).toMatch(/none of these/);
    expect(describeComparison('damaged')[0]).toMatch(/can't be read/);
    expect(describeComparison(undefined)).toEqual([]);
  });
});
