import { describe, expect, it } from 'vitest';
import { assets } from '../../../function/bundling/assets.ts';
import { readModelTexts } from '../../../function/page/read-model-texts.ts';
import { renderModel } from '../../../function/page/render-model.ts';
import type { Card } from '../../../model/card/card.ts';

const bare: Card = {
  name: 'words <b>',
  version: '0123456789ab',
  labels: ['"><script>', 'قميص'],
  input: { width: 32, height: 24, channels: 'rgb', resize: 'bilinear', fit: 'center-crop', scale: 1, offset: 0 },
  output: 'sigmoids',
};

describe('the page of the shipped model', () => {
  const { content, contents } = renderModel(readModelTexts(assets.modelDirectory), '913c0946987a');

  it('shows what was measured, with its interval', () => {
    expect(content).toContain('93.8 % <small>of 341 photos, 95 % interval 90.8 % to 95.9 %</small>');
  });

  it('says of photos of other things what holds for those that the fit has not seen', () => {
    expect(content).toContain('99.1 % <small>come out as unfamiliar</small>');
  });

  it('draws how often answers are right against how probable they say they are', () => {
    expect(content.match(/<circle /g)).toHaveLength(10);
  });

  it('begins with what its owner says, limits among it', () => {
    expect(content).toContain('<strong>Not meant for</strong>');
  });

  it('shows each label', () => {
    expect(content).toContain('79 of 81');
  });

  it('lists its parts, each of which is there', () => {
    for (const [id] of contents) expect(content).toContain(`<section id="${id}">`);
  });
});

describe('the page of a model of which nothing is known', () => {
  const { content } = renderModel({ card: bare, about: undefined }, bare.version);

  it('says that nobody measured it, and how to', () => {
    expect(content).toContain('Nobody has measured how often this model is right');
    expect(content).toContain('lambda-lens evaluate');
  });

  it('shows text as text', () => {
    expect(content).not.toContain('<script>');
    expect(content).not.toContain('<b>');
  });

  it('says what goes in and out', () => {
    expect(content).toContain('A photo is cropped to 32 × 24 pixels');
    expect(content).toContain('each by itself');
  });
});

it.each([
  ['two numbers', [79, 81], 'each'],
  ['three numbers', [79, 81, 1], undefined],
  ['two texts', ['79', '81'], undefined],
  ['a number and a text', [79, '81'], undefined],
  ['what has a length and is no list', { length: 2 }, undefined],
])('shows for each label what is right where it is %s', (_, counts, shown) => {
  const metrics = { evaluation: { rightOfLabel: { hat: counts } } };

  const { contents } = renderModel({ card: { ...bare, metrics }, about: undefined }, bare.version);

  expect(contents.map(([id]) => id).find((id) => id === 'each')).toBe(shown);
});

it.each([
  ['all three numbers', { said: 0.5, right: 0.5, photos: 3 }, 'calibration'],
  ['no count of photos', { said: 0.5, right: 0.5 }, undefined],
  ['a text', { said: 0.5, right: '0.5', photos: 3 }, undefined],
])('draws how often answers are right where a point has %s', (_, point, shown) => {
  const metrics = { evaluation: { reliability: [{ said: 0.9, right: 0.9, photos: 9 }, point] } };

  const { contents } = renderModel({ card: { ...bare, metrics }, about: undefined }, bare.version);

  expect(contents.map(([id]) => id).find((id) => id === 'calibration')).toBe(shown);
});

it('shows figures of a shape that it does not know as if they were not there', () => {
  const metrics = { evaluation: { accuracy: 'high', reliability: [{ said: 'x' }], rightOfLabel: { hat: 3 } } };

  const { contents } = renderModel({ card: { ...bare, metrics }, about: undefined }, bare.version);

  expect(contents.map(([id]) => id)).toEqual(['measured', 'input', 'labels']);
});

it('shows what a training measured on the photos that it left out', () => {
  const crossValidation = { photos: 90, accuracy: 0.9889, low: 0.9397, high: 0.998 };

  const { content } = renderModel({ card: { ...bare, metrics: { crossValidation } }, about: undefined }, bare.version);

  expect(content).toContain(
    '98.9 % <small>of 90 photos, each left out of the training in turn, 95 % interval 94.0 % to 99.8 %</small>',
  );
});
