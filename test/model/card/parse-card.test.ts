import { describe, expect, it } from 'vitest';
import { parseCard } from '../../../model/card/parse-card.ts';
import { ModelError } from '../../../model/model-error.ts';
import { tinyCard } from '../../helpers/tiny-model.ts';

function withInput(input: Record<string, unknown>) {
  return { input: { ...tinyCard.input, ...input } };
}

describe('parseCard', () => {
  it('reads a whole card', () => {
    const card = {
      ...tinyCard,
      ...withInput({ scale: [1, 2, 3] }),
      calibration: { temperature: 1.5, unsureBelow: 0.8 },
      trained: { epochs: 3 },
      metrics: { accuracy: 0.9 },
    };

    expect(parseCard(JSON.stringify(card))).toEqual(card);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ name: '' }, `has "" at 'name'`],
    [{ version: undefined }, `has nothing at 'version'`],
    [{ labels: ['a'] }, `has ["a"] at 'labels', where a list of two or more names`],
    [{ labels: ['a', 'b', 'a'] }, `has "a" at 'labels', where each label once`],
    [{ labels: 'a b' }, `at 'labels'`],
    [{ input: [] }, `has [] at 'input', where an object`],
    [withInput({ width: 0 }), `has 0 at 'input.width', where a whole number of pixels from 1`],
    [withInput({ height: 2.5 }), `has 2.5 at 'input.height'`],
    [withInput({ height: 5000 }), `has 5000 at 'input.height'`],
    [withInput({ channels: 'rgba' }), `has "rgba" at 'input.channels', where one of rgb, bgr, grey`],
    [withInput({ resize: 'bicubic' }), `at 'input.resize', where one of nearest, bilinear, bilinear-antialias`],
    [withInput({ fit: 'pillow-fit', resize: 'nearest' }), `"pillow-fit" at 'input.fit', where another fit`],
    [withInput({ fit: 'pillow-fit', resize: 'lanczos', resizeTo: 9 }), 'nothing beside the fit pillow-fit'],
    [withInput({ fit: 'crop' }), `at 'input.fit', where one of stretch, letterbox, center-crop`],
    [withInput({ scale: [1, 2] }), `has [1,2] at 'input.scale', where a number, or a list of 3 numbers`],
    [withInput({ offset: '0' }), `has "0" at 'input.offset'`],
    [withInput({ ofset: 0 }), `at 'input.ofset', where no such key`],
    [{ output: 'logit' }, `has "logit" at 'output', where one of logits, softmax, sigmoid`],
    [{ calibration: { temperature: 0 } }, `has 0 at 'calibration.temperature', where a number above 0`],
    [{ calibration: { temperature: 1, unsureBelow: 97 } }, `has 97 at 'calibration.unsureBelow'`],
    [{ metrics: 0.9 }, `has 0.9 at 'metrics', where an object`],
    [{ classes: [] }, `at 'classes', where no such key`],
  ])('refuses %j', (change, message) => {
    const text = JSON.stringify({ ...tinyCard, ...change });

    expect(() => parseCard(text)).toThrow(ModelError);
    expect(() => parseCard(text)).toThrow(message);
  });

  it('refuses what is not JSON', () => {
    expect(() => parseCard('labels: a')).toThrow('card.json is not JSON');
  });
});
