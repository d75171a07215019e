import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jpeg from 'jpeg-js';
import { afterAll, expect, it } from 'vitest';
import { matrix } from '../helpers/matrix.ts';
import { writeTinyModel } from '../helpers/tiny-model.ts';
import { callCli } from './call-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
afterAll(() => rmSync(folder, { recursive: true }));

function writePhotos(directory: string, count: number, paint: (index: number) => readonly [number, number, number]) {
  mkdirSync(directory, { recursive: true });
  for (let index = 0; index < count; index++) {
    const data = Buffer.from(Array.from({ length: 64 }, () => [...paint(index), 255]).flat());
    writeFileSync(
      join(directory, `${String(index).padStart(2, '0')}.jpg`),
      jpeg.encode({ data, width: 8, height: 8 }).data,
    );
  }
}

// The third photo of red is green: the one mistake to find.
writePhotos(join(folder, 'kinds/red'), 12, (index) => (index === 2 ? [20, 230, 0] : [200 + index, 0, 10]));
writePhotos(join(folder, 'kinds/green'), 12, (index) => [10, 190 + index, 0]);
writePhotos(join(folder, 'others'), 5, (index) => [40, 40, 200 + index]);

it('calibrates a card and then measures the model by it', async () => {
  const model = writeTinyModel();
  const photos = ['--photos', join(folder, 'kinds'), '--others', join(folder, 'others')];

  const calibrated = await callCli(['calibrate', model, ...photos, '--json']);

  expect(calibrated).toMatchObject({ code: 0, errors: '' });

  const card = JSON.parse(readFileSync(join(model, 'card.json'), 'utf8'));

  expect(card.calibration).toEqual(JSON.parse(calibrated.output));
  expect(card.calibration.fitted).toMatchObject({ photos: 24, others: 5, trainedOn: 0 });

  const out = join(folder, 'report');
  const evaluated = await callCli(['evaluate', model, ...photos, '--out', out, '--card', '--json']);

  expect(evaluated).toMatchObject({ code: 0, errors: '' });

  const report = JSON.parse(evaluated.output);

  expect(report.accuracy).toMatchObject({ hits: 23, photos: 24 });
  expect(report.confusion).toEqual(matrix('11 1, 0 12'));
  expect(report.worst).toMatchObject([{ path: 'red/02.jpg', label: 'red', predicted: 'green' }]);
  expect(report.unfamiliar.ofOthers).toMatchObject({ hits: 5, photos: 5 });

  const pictures = ['accuracy.svg', 'confusion.svg', 'coverage.svg', 'reliability.svg', 'unfamiliar.svg'];

  expect(readdirSync(out)).toEqual([
    'accuracy.svg',
    'confusion.svg',
    'coverage.svg',
    'photos.csv',
    'reliability.svg',
    'report.json',
    'report.md',
    'unfamiliar.svg',
  ]);
  expect(readdirSync(join(model, 'evaluation'))).toEqual(pictures);
  expect(readFileSync(join(out, 'photos.csv'), 'utf8').trim().split('\n')).toHaveLength(1 + 24 + 5);
  expect(readFileSync(join(out, 'confusion.svg'), 'utf8')).toMatch(/^<svg /);

  const readme = readFileSync(join(model, 'README.md'), 'utf8');

  expect(readme).toContain('| right | 95.8 % (23 of 24) [79.8 %, 99.3 %] |');
  expect(readme).toContain('](evaluation/reliability.svg)');
  expect(JSON.parse(readFileSync(join(model, 'card.json'), 'utf8')).metrics.evaluation.accuracy).toBe(0.9583);

  const again = await callCli(['evaluate', model, ...photos, '--card']);

  expect(again.output).toContain('11 of 12 right');
  expect(readFileSync(join(model, 'README.md'), 'utf8')).toBe(readme);
});

it('leaves out a photo that it cannot read, says which, and ends with 1', async () => {
  const photos = join(folder, 'damaged');
  writePhotos(join(photos, 'red'), 2, () => [200, 0, 0]);
  writeFileSync(join(photos, 'red', '01.jpg'), 'no photo');

  const { output, errors, code } = await callCli(['evaluate', writeTinyModel(), '--photos', photos]);

  expect(code).toBe(1);
  expect(output).toContain('1 of 1 right');
  expect(errors).toContain(`${join(photos, 'red', '01.jpg')}: `);
});

it('keeps of what a training measured what another calibration leaves true, and drops what evaluate wrote', async () => {
  const model = writeTinyModel();
  const path = join(model, 'card.json');
  const card = JSON.parse(readFileSync(path, 'utf8'));
  const crossValidation = { photos: 24, accuracy: 0.9, confidentCoverage: 0.8, confidentRight: 1 };
  writeFileSync(path, JSON.stringify({ ...card, metrics: { crossValidation } }));

  writeFileSync(join(model, 'README.md'), '# mine\n\n## Measured\nVersion `0123456789ab`, 90 %.\n');

  const { code, output } = await callCli(['calibrate', model, '--photos', join(folder, 'kinds')]);

  expect(code).toBe(0);
  expect(output).toContain(`the figures of the version before are gone from ${model}/README.md`);
  expect(JSON.parse(readFileSync(path, 'utf8')).metrics).toEqual({ crossValidation: { photos: 24, accuracy: 0.9 } });
});
