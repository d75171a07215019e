import { join } from 'node:path';
import { expect, it } from 'vitest';
import { assets } from '../../../function/bundling/assets.ts';
import { offerExamples } from '../../../function/page/offer-examples.ts';

const page = '<main><ul id="examples"></ul></main>';

it('puts a button for each photo on the page, its small picture in it', () => {
  const html = offerExamples(page, assets.examplesDirectory);

  expect(html.match(/<button /g)).toHaveLength(12);
  expect(html).toContain('data-address="examples/t-shirt.jpg" aria-label="Try t-shirt"');
  expect(html.match(/src="data:image\/webp;base64,/g)).toHaveLength(12);
});

it('leaves the page of a model without photos as it is', () => {
  expect(offerExamples(page, join(assets.examplesDirectory, 'nowhere'))).toBe(page);
});
