import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawnJpeg } from '../helpers/drawn-jpeg.ts';
import { exifPayload } from '../helpers/exif-structure.ts';
import { insertAfterStart, jpegSegment } from '../helpers/jpeg-file.ts';
import { findChromium } from './find-tools.ts';
import { findViolations, focusedId, servePage } from './opened-page.ts';

const executablePath = findChromium();
const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, colorScheme: 'light' };
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true };

describe.skipIf(executablePath === undefined)('the demo page in Chromium', () => {
  const served = servePage(executablePath);
  const { open } = served;
  let address: string;

  beforeAll(async () => {
    address = await served.start();
  });
  afterAll(() => served.stop());

  const photo = (name: string, width = 300, height = 400) => ({
    name,
    mimeType: 'image/jpeg',
    buffer: drawnJpeg(width, height, name.length),
  });
  const answered = (page: Page, name: string) => page.locator('.card', { hasText: name }).locator('.bars li');

  it.each([
    ['a desktop in light colours', desktop],
    ['a phone in dark colours', phone],
  ])('answers chosen photos on %s, and axe finds nothing', async (_case, options) => {
    const { page, faults, asked } = await open(options);
    await page.getByText('model “clothing”, 10 labels').waitFor();
    await page.setInputFiles('#file', [photo('one.jpg'), photo('second.jpg')]);
    await answered(page, 'one.jpg').nth(2).waitFor();
    await answered(page, 'second.jpg').nth(2).waitFor();

    await page.getByText('2 of 2 answered').waitFor();

    expect(await page.locator('.verdict:visible').count()).toBe(2);
    expect(await page.locator('.card .name').allInnerTexts()).toEqual(['one.jpg', 'second.jpg']);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);

    await page.locator('.card', { hasText: 'one.jpg' }).getByRole('button', { name: 'Show why' }).click();
    await page.getByText('The warm places spoke for').waitFor();
    await page.locator('.receipt summary').first().click();

    expect(await findViolations(page)).toEqual([]);
    expect(faults).toEqual([]);
    expect([...asked]).toEqual([new URL(address).origin]);

    await page.context().close();
  });

  it('says what is wrong with a file and with an address, and what to do', async () => {
    const { page, faults } = await open(desktop);
    await page.setInputFiles('#file', {
      name: 'letter.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from('%PDF-1.7 …'),
    });
    await page.locator('.card.failed', { hasText: 'letter.jpg' }).getByText(/PDF/).waitFor();
    await page.getByText('By address').click();
    await page.fill('#url', 'http://169.254.169.254/latest/meta-data');
    await page.getByRole('button', { name: 'Look' }).click();

    await page
      .locator('.card.failed', { hasText: '169.254' })
      .getByText(/refused.*public/)
      .waitFor();

    expect(await findViolations(page)).toEqual([]);
    expect(faults).toEqual([]);

    await page.context().close();
  });

  it('shrinks a large photo on the way, upright, to the same answer within 0.05', async () => {
    const { page } = await open(desktop);
    const large = insertAfterStart(drawnJpeg(4000, 3000, 3), jpegSegment(0xe1, exifPayload(6)));
    const response = await fetch(`${address}predict?top=10`, {
      method: 'POST',
      body: large as Uint8Array<ArrayBuffer>,
    });
    const whole = (await response.json()) as Prediction;
    const answer = page.waitForResponse(/predict/);
    await page.setInputFiles('#file', {
      name: 'large.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.concat([large, filler]),
    });

    const shrunk = (await (await answer).json()) as Prediction;

    expect(shrunk.photo).toMatchObject({ width: 1536, height: 2048 });

    for (const { label, probability } of whole.predictions) {
      const other = shrunk.predictions.find((prediction) => prediction.label === label);
      expect(Math.abs((other?.probability ?? 0) - probability)).toBeLessThan(0.05);
    }
    await page.context().close();
  });

  it('works by keyboard alone: an address, the code in three languages, and the way back to an empty page', async () => {
    const { page } = await open(desktop);
    await page.locator('#address summary').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('ftp://example.org/x.jpg');
    await page.keyboard.press('Enter');
    await page.locator('.card.failed').waitFor();
    await page.getByRole('tab', { name: 'curl' }).focus();
    await page.keyboard.press('ArrowRight');

    await page.keyboard.press('ArrowRight');

    expect(await page.getByRole('tabpanel').innerText()).toContain('import requests');
    expect(await page.getByRole('tabpanel').innerText()).toContain(`${address}predict`);

    await page.getByRole('button', { name: 'Clear all' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What does the photo show?' }).waitFor();

    expect(await focusedId(page)).toBe('choose');

    await page.context().close();
  });
});

interface Prediction {
  readonly photo: { readonly width: number; readonly height: number };
  readonly predictions: readonly { readonly label: string; readonly probability: number }[];
}

/** After the end of a JPEG anything may follow; so much makes a photo one that the page shrinks. */
const filler = Buffer.alloc(2_000_000);
