import { expect, it } from 'vitest';
import { readMeasured } from '../../../function/page/read-measured.ts';
import type { Card } from '../../../model/card/card.ts';

const bare: Card = {
  name: 'small',
  version: '0123456789ab',
  labels: ['a', 'b'],
  input: { width: 8, height: 8, channels: 'rgb', resize: 'bilinear', fit: 'stretch', scale: 1, offset: 0 },
  output: 'logits',
};
const crossValidation = { photos: 90, accuracy: 0.9, low: 0.8, high: 0.95 };
const evaluation = { photos: 40, accuracy: 0.85, accuracyInterval: [0.71, 0.93] };

it.each([
  ['what a training measured', { crossValidation }, 'crossValidation', 90, [0.8, 0.95]],
  ['what "evaluate" measured', { evaluation }, 'evaluation', 40, [0.71, 0.93]],
  ['what "evaluate" measured before a training', { crossValidation, evaluation }, 'evaluation', 40, [0.71, 0.93]],
])('reads %s', (_what, metrics, by, photos, interval) => {
  const measured = readMeasured({ ...bare, metrics });

  expect(measured).toMatchObject({ by, photos, interval });
});

it.each([
  ['no figures', undefined],
  ['figures in words', { evaluation: { accuracy: 'high', photos: 3 } }],
  ['a list', { crossValidation: [0.9] }],
])('knows nothing from %s', (_what, metrics) => {
  const measured = readMeasured({ ...bare, ...(metrics && { metrics }) });

  expect(measured).toBeUndefined();
});
