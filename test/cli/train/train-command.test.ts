import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { encodeRgbPng } from '../../helpers/png-file.ts';
import { randomNumbers } from '../../helpers/random-numbers.ts';
import { fillPixels, writeTinyModel } from '../../helpers/tiny-model.ts';
import { callCli } from '../call-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'train-command-'));
afterAll(() => rmSync(folder, { recursive: true }));
const environment = { XDG_CACHE_HOME: join(folder, 'cache') };
const random = randomNumbers(4);
const about = (value: number) => Math.round(value + 50 * (random() - 0.5));

function write(directory: string, count: number, colour: readonly [number, number, number]): void {
  mkdirSync(directory, { recursive: true });
  for (let index = 0; index < count; index++) {
    const [red, green, blue] = colour;
    const pixels = fillPixels(4, 4, [about(red), about(green), about(blue)]);
    writeFileSync(join(directory, `${String(index).padStart(2, '0')}.png`), encodeRgbPng(pixels));
  }
}

describe('lambda-lens train', () => {
  const photos = join(folder, 'colours');
  write(join(photos, 'red'), 30, [200, 60, 60]);
  write(join(photos, 'green'), 12, [60, 200, 60]);
  // One that lies in the wrong folder, one that is no photo, and one under two labels.
  writeFileSync(join(photos, 'red', 'wrong.png'), encodeRgbPng(fillPixels(4, 4, [50, 210, 66])));
  writeFileSync(join(photos, 'green', 'film.mov'), '');
  for (const label of ['red', 'green']) {
    writeFileSync(join(photos, label, 'both.png'), encodeRgbPng(fillPixels(4, 4, [120, 120, 60])));
  }
  const out = join(folder, 'model');
  const line = ['train', photos, '--body', writeTinyModel(), '--out', out, '--workers', '1'];

  it('makes a model that classifies, says what it learned, and shows it', async () => {
    const trained = await callCli(line, environment);

    expect(trained).toMatchObject({ code: 0, errors: '' });
    expect(trained.output).toMatch(
      /^43 photos of 2 labels; 1 file left out\.\n {2}green.film\.mov: a video is no photo/,
    );
    expect(trained.output).toMatch(/Right: 97\.7 % of photos that it had not seen \(42 of 43\)/);
    expect(trained.output).toMatch(/With 12 photos of green, little can be known of it/);
    expect(trained.output).toMatch(/43 photos are few to tell them by\. --others DIR/);
    expect(trained.output).toMatch(/1 label may be wrong.*\n {2}red.wrong\.png looks like green/);
    expect(trained.output).toMatch(
      /1 photo in folders of several labels, not learned from:\n {2}green.both\.png = red/,
    );
    expect(trained.output).toMatch(/serve --model .*\n.*pulumi config set modelDirectory .* && npm run deploy/);
    expect(readdirSync(out).sort()).toEqual(['card.json', 'model.json', 'report.html', 'training.json', 'weights.bin']);

    const card = JSON.parse(readFileSync(join(out, 'card.json'), 'utf8'));

    expect(card).toMatchObject({
      name: 'colours',
      labels: ['green', 'red'],
      trained: { with: 'lambda-lens train', photos: { green: 12, red: 31 }, folds: 5, seed: 1 },
      metrics: { crossValidation: { photos: 43, accuracy: 0.9767 } },
      calibration: { temperature: expect.any(Number) },
    });

    const report = readFileSync(join(out, 'report.html'), 'utf8');

    expect(report).toMatch(/data:image\/jpeg;base64,.*<h2>Labels that may be wrong<\/h2>.*role="img".*red → green\?/s);
    expect(report).not.toMatch(/https?:|<script/);

    const classified = await callCli(['classify', '--model', out, '--json', join(photos, 'green', '03.png')]);

    expect(JSON.parse(classified.output)).toMatchObject({ label: 'green' });
  });

  it('keeps its own model where the new one is worse, and replaces it where it is forced', async () => {
    const record = join(out, 'training.json');
    const before = JSON.parse(readFileSync(record, 'utf8'));
    // As if the one before had known that eight of the red ones were to lie among the green ones.
    const moved = before.photos.filter(({ label }: { label: string }) => label === 'red').slice(0, 8);
    for (const photo of moved) {
      renameSync(photo.path, join(photos, 'green', `from-red-${basename(photo.path)}`));
      photo.predicted = 'green';
    }
    writeFileSync(record, JSON.stringify(before));

    const worse = await callCli([...line, '--json'], environment);

    expect(worse.code).toBe(1);
    expect(worse.errors).toMatch(/worse than the one in .*, which was kept\.\n.*--force/);
    expect(JSON.parse(worse.output)).toMatchObject({
      isWritten: false,
      comparison: { photos: 43, rightBefore: expect.any(Number), verdict: 'worse' },
    });
    expect(JSON.parse(readFileSync(record, 'utf8'))).toEqual(before);

    const forced = await callCli([...line, '--force'], environment);

    expect(forced).toMatchObject({ code: 0, errors: '' });
    expect(forced.output).toMatch(/^43 photos of 2 labels, 45 known from before;/);
    expect(forced.output).toMatch(/Worse than the model before: of the 43 photos .* \(\d mended, \d+ newly wrong\)/);
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('Worse than the model before');
    expect(JSON.parse(readFileSync(record, 'utf8'))).toMatchObject({ directory: photos, labels: ['green', 'red'] });
    expect(readdirSync(out)).toHaveLength(5);
  });

  it('says what is missing in one sentence', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(join(empty, 'cat'), { recursive: true });

    const { code, errors } = await callCli(['train', empty, '--out', join(folder, 'none')], environment);

    expect(code).toBe(1);
    expect(errors).toMatch(/one label alone, cat/);
  });
});
