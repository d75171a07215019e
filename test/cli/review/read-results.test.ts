import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PhotoFinder } from '../../../cli/review/photo-finder.ts';
import { type AnsweredPhoto, readResults } from '../../../cli/review/read-results.ts';

const folder = mkdtempSync(join(tmpdir(), 'read-results-'));
afterAll(() => rmSync(folder, { recursive: true }));
const answer = { verdict: 'unsure', predictions: [{ label: 'hat', probability: 0.5, score: 2 }] };

function read(text: string, name = 'results.jsonl') {
  const path = join(folder, name);
  writeFileSync(path, text);
  return readResults(path);
}

const lines = (...records: object[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');

describe('results to review', () => {
  it('are the answers of the command, by name and content', () => {
    const { photos, failed } = read(
      lines(
        { file: 'a.jpg', sha256: 'ab', sizeInBytes: 7, ...answer },
        { file: 'broken.jpg', error: { code: 'corrupt_photo', message: 'It is cut.', hint: 'Mend it.' } },
      ),
    );

    expect(failed).toBe(1);
    expect(photos).toEqual([
      {
        name: 'a.jpg',
        verdict: 'unsure',
        predictions: [{ label: 'hat', probability: 0.5 }],
        sha256: 'ab',
        sizeInBytes: 7,
      },
    ]);
  });

  it('are the records of photos that callers sent and a stack has kept, each beside its photo', () => {
    const kept = join(folder, 'kept-of-callers');
    const place = join(kept, 'date=2026-11-27', 'verdict=unsure');
    mkdirSync(place, { recursive: true });
    const record = { id: 'ab12', file: 'ab12.jpg', sha256: 'cd', sizeInBytes: 3, ...answer };
    writeFileSync(join(place, 'ab12.json'), lines(record));
    writeFileSync(join(place, 'ab12.jpg'), 'jpg');

    const [photo] = readResults(kept).photos;

    expect(photo).toMatchObject({ name: 'ab12.jpg', id: 'ab12', sha256: 'cd' });
    expect([...new PhotoFinder({ results: kept, photos: kept }).candidates(photo as AnsweredPhoto)]).toEqual([
      join(place, 'ab12.jpg'),
    ]);
  });

  it('are the records of a stack, by bucket and key, under the id that kept photos bear', () => {
    const { photos } = read(lines({ id: '9f2c', bucket: 'shop', key: 'new/coat.jpg', sizeInBytes: 9, ...answer }));

    expect(photos).toMatchObject([{ name: 's3://shop/new/coat.jpg', id: '9f2c', sizeInBytes: 9 }]);
  });

  it('are all of a folder: lines by the file, and records beside the photos that a stack keeps', () => {
    const root = join(folder, 'kept');
    mkdirSync(join(root, 'date=2026-11-27'), { recursive: true });
    writeFileSync(
      join(root, 'date=2026-11-27', '9f2c.json'),
      lines({ id: '9f2c', bucket: 'shop', key: 'a.jpg', ...answer }),
    );
    writeFileSync(join(root, 'date=2026-11-27', '9f2c.jpg'), 'a photo');
    writeFileSync(join(root, 'b.jsonl'), lines({ file: 'b.jpg', ...answer }, { file: 'c.jpg', ...answer }));

    const { photos } = readResults(root);

    expect(photos.map(({ name }) => name)).toEqual(['b.jpg', 'c.jpg', 's3://shop/a.jpg']);

    mkdirSync(join(root, 'empty'));

    expect(() => readResults(join(root, 'empty'))).toThrow(/no results in/);
  });

  it('have a photo once, as it was answered last, and no line that is still being written', () => {
    const { photos } = read(
      `${lines({ file: 'a.jpg', ...answer }, { file: 'a.jpg', ...answer, verdict: 'confident' })}\n{"file":"b.jp`,
    );

    expect(photos).toMatchObject([{ name: 'a.jpg', verdict: 'confident' }]);
  });

  it.each([
    ['a line that is no JSON', `${lines({ file: 'a.jpg', ...answer })}nonsense\n`, /line 2 is none/],
    ['a record of no file', lines(answer), /line 1 is none/],
    ['a verdict that there is not', lines({ file: 'a.jpg', ...answer, verdict: 'sure' }), /line 1/],
    ['a prediction that is none', lines({ file: 'a.jpg', ...answer, predictions: [{ label: 7 }] }), /line 1/],
    ['no prediction', lines({ file: 'a.jpg', ...answer, predictions: [] }), /line 1/],
    ['nested brackets by the thousand', `${'['.repeat(5_000)}\n`, /line 1/],
    ['nothing', '', /line 1/],
  ])('are refused with %s, by its line', (_what, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('are no CSV', () => {
    expect(() => read('file,label\n', 'results.csv')).toThrow(
      expect.objectContaining({ hint: expect.stringMatching(/^CSV leaves out .* results\.jsonl$/) }),
    );
  });

  it('are read by the thousand at once', () => {
    const many = Array.from({ length: 5_000 }, (_, at) => ({ file: `${at}.jpg`, ...answer }));

    expect(read(lines(...many)).photos).toHaveLength(5_000);
  });
});
