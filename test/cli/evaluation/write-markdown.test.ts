import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const directory = new URL('../../../model/clothing/', import.meta.url);

it('says of the shipped model what was unfamiliar among photos left out of the fit, beside what was among those of it', () => {
  const report = readFileSync(new URL('README.md', directory), 'utf8');
  const { calibration } = JSON.parse(readFileSync(new URL('card.json', directory), 'utf8'));
  const { ofPhotos, ofOthers } = calibration.fitted.crossFitted.unfamiliar;

  const rows = [...report.matchAll(/unfamiliar` \|.*\n\| the same, of photos left out of the fit \| (.*) \|/g)];

  expect(rows.map(([, share]) => share)).toEqual(
    [ofPhotos, ofOthers].map((share: number) => `${(share * 100).toFixed(1)} %`),
  );
});
