import { expect, it } from 'vitest';
import { checkDirectAnswer } from '../../../function/settings/direct-answer.ts';
import { readSettings } from '../../../function/settings/settings.ts';

it.each([
  [undefined, 'labels'],
  ['', 'labels'],
  ['labels', 'labels'],
  ['course-2026', 'course-2026'],
])('reads %j as %s', (text, expected) => {
  expect(readSettings({ DIRECT_ANSWER: text }).directAnswer).toBe(expected);
});

it('refuses a year that it does not know', () => {
  expect(() => readSettings({ DIRECT_ANSWER: 'course-2027' })).toThrow('DIRECT_ANSWER is "course-2027"');
});

it('fits a model of two labels alone', () => {
  expect(() => checkDirectAnswer('course-2026', ['curly', 'straight'])).not.toThrow();
  expect(() => checkDirectAnswer('labels', ['a', 'b', 'c'])).not.toThrow();

  for (const labels of [['a'], ['a', 'b', 'c']]) {
    expect(() => checkDirectAnswer('course-2026', labels)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining(`it has ${labels.length}`) }),
    );
  }
});
