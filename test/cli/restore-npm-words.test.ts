import { expect, it } from 'vitest';
import { restoreNpmWords } from '../../cli/restore-npm-words.ts';

const start = { npm_lifecycle_event: 'start' };

it.each([
  [['serve'], {}, ['serve']],
  [['serve', 'model/mine'], { npm_config_model: 'true' }, ['serve', '--model', 'model/mine']],
  [['serve'], { npm_config_model: 'model/mine' }, ['serve', '--model', 'model/mine']],
  [['serve', '2'], { npm_config_workers: 'true' }, ['serve', '--workers', '2']],
  [
    ['serve', '9000'],
    { npm_config_model: 'model/mine', npm_config_port: 'true' },
    ['serve', '--port', '9000', '--model', 'model/mine'],
  ],
  [['serve', '--model', 'model/mine'], {}, ['serve', '--model', 'model/mine']],
])('after npm start, %j with %j means %j', (words, environment, meant) => {
  expect(restoreNpmWords(words, { ...start, ...environment })).toEqual(meant);
});

it('says how to write it where it cannot tell which value is whose', () => {
  const environment = { ...start, npm_config_model: 'true', npm_config_port: 'true' };

  expect(() => restoreNpmWords(['serve', 'model/mine', '9000'], environment)).toThrow('npm took --model and --port');
});

it('leaves words alone that npm start did not hand on', () => {
  const environment = { npm_config_model: 'true' };

  expect(restoreNpmWords(['serve', 'x'], environment)).toEqual(['serve', 'x']);
  expect(restoreNpmWords(['classify', 'x'], { ...start, ...environment })).toEqual(['classify', 'x']);
});
