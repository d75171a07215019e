import { expect, it } from 'vitest';
import { corsHeaders } from '../../../function/http/cors.ts';

const origins = ['https://shop.example', 'http://localhost:3000'];

it('lets every page read where all origins are allowed', () => {
  expect(corsHeaders(['*'], 'https://a.example')).toMatchObject({ 'access-control-allow-origin': '*' });
  expect(corsHeaders(['*'], undefined)).not.toHaveProperty('vary');
});

it('names the origin that asks where it is one of the list', () => {
  expect(corsHeaders(origins, 'http://localhost:3000')).toMatchObject({
    'access-control-allow-origin': 'http://localhost:3000',
    vary: 'origin',
  });
});

it.each([
  undefined,
  'https://a.example',
  'https://shop.example.evil.example',
  'null',
  '',
])('gives the origin %s no leave, and caches a hint that others may have', (origin) => {
  expect(corsHeaders(origins, origin)).toEqual({ vary: 'origin' });
});
