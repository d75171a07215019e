import { expect, it } from 'vitest';
import { ContactSheet } from '../../../cli/classify/contact-sheet.ts';
import type { FileResult } from '../../../cli/classify/messages.ts';

const predictions = [
  { label: 'hat', probability: 0.9 },
  { label: '<b>', probability: 0.08 },
  { label: 'shoes', probability: 0.02 },
];
const photo = {
  file: 'a&b.jpg',
  answer: { verdict: 'confident', predictions },
  thumbnail: 'data:image/jpeg;base64,AA==',
};
const failure = { file: '\x1b.jpg', error: { code: 'corrupt_photo', message: 'It is cut.', hint: 'Mend it.' } };

it('shows each photo with its answer, and what failed, in one file', () => {
  const sheet = new ContactSheet(2);
  sheet.add(photo as unknown as FileResult);
  sheet.add(failure);

  const page = sheet.write();

  expect(page).toContain('<h1>2 photos</h1>');
  expect(page).toContain('<img src="data:image/jpeg;base64,AA==" alt="" loading="lazy"><strong>hat 90.0 %</strong>');
  expect(page).toContain('<small>&lt;b&gt; 8.0 %</small><small>a&amp;b.jpg</small>');
  expect(page).toContain('<p>It is cut. Mend it.</p><small>\\x1b.jpg</small>');
  expect(page).not.toContain('shoes');
  expect(page).not.toMatch(/https?:/);
});
