import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { composeNotice } from '../function/bundling/notice.ts';

it('NOTICE names every package in the image with its licence, as `npm run notice` writes it', async () => {
  const written = readFileSync(new URL('../NOTICE', import.meta.url), 'utf8');

  expect(written).toBe(await composeNotice());
});
