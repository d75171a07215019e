import { expect, it } from 'vitest';
import { readRequestTarget } from '../../../function/local/request-target.ts';

it.each([
  ['/predict', { path: '/predict', query: '' }],
  ['/predict?top=?&a=/b', { path: '/predict', query: 'top=?&a=/b' }],
  ['?top=1', { path: '/', query: 'top=1' }],
  ['*', { path: '*', query: '' }],
  ['http://a.example:8080/predict?top=1', { path: '/predict', query: 'top=1', authority: 'a.example:8080' }],
  ['HTTP://a.example', { path: '/', query: '', authority: 'a.example' }],
  ['http://', { path: 'http://', query: '' }],
  [undefined, { path: '/', query: '' }],
])('reads %j', (target, expected) => {
  expect(readRequestTarget(target)).toEqual(expected);
});
