import { readFileSync } from 'node:fs';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawnJpeg } from '../helpers/drawn-jpeg.ts';
import { findChromium } from './find-tools.ts';
import { findViolations, focusedId, servePage } from './opened-page.ts';
import { pretend } from './pretended-models.ts';

const executablePath = findChromium();
const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' };
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true };
const photos = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    name: `photo-${at + 1}.jpg`,
    mimeType: 'image/jpeg',
    buffer: drawnJpeg(60, 80, at + 1),
  }));
/** Whether nothing of the table is out of sight beside it. */
const tableFits = "(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)(document.querySelector('#table'))";
const names = (page: Page, of: string) => page.locator(of).allInnerTexts();

describe.skipIf(executablePath === undefined)('the demo page in Chromium, with more than a photo', () => {
  const { open, start, stop } = servePage(executablePath);

  beforeAll(async () => {
    await start();
  });
  afterAll(() => stop());

  it("answers without a photo of one's own after one click, its label in view on a phone", async () => {
    const { page } = await open(phone);
    await page.getByText('10 labels').waitFor();

    await page.getByRole('button', { name: 'Try t-shirt' }).click();

    const label = page.locator('.first strong', { hasText: 't-shirt' });
    await label.waitFor();
    const { y, height } = (await label.boundingBox()) ?? { y: -1, height: 0 };

    expect(y).toBeGreaterThan(0);
    expect(y + height).toBeLessThan(844);

    await page.context().close();
  });

  it('sorts and filters a table of many, and saves what it shows', async () => {
    const { page, faults } = await open(desktop);
    await pretend(page, 'clothes');
    await page.setInputFiles('#file', photos(70));
    await page.getByText('70 of 70 answered').waitFor();
    await page.selectOption('#order', 'least');
    await page.selectOption('#verdict', 'unsure');

    const shares = (await names(page, '#rows .number:not(.ms)')).map((text) => Number.parseFloat(text));
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save CSV' }).click();
    const csv = readFileSync(await (await saving).path(), 'utf8');

    expect(shares.length).toBeGreaterThan(10);
    expect(shares).toEqual(shares.toSorted((one, other) => one - other));
    expect(csv.trim().split('\n')).toHaveLength(shares.length + 1);
    expect(csv).toMatch(/^file,label,probability,verdict,error,dress,hat/);
    expect(await findViolations(page)).toEqual([]);

    await page.locator('#rows .open').first().click();

    expect(await focusedId(page)).toContain('card');
    expect(faults).toEqual([]);

    await page.context().close();
  });

  it('waits where the service is busy, then answers', async () => {
    const { page } = await open(desktop);
    let refused = 0;
    await page.route('**/predict*', (route) =>
      refused++ < 1
        ? route.fulfill({ status: 429, headers: { 'retry-after': '1' }, body: '{"message":"Too Many Requests"}' })
        : route.continue(),
    );
    await page.setInputFiles('#file', photos(1));
    await page.getByText('The service is busy: next try in').waitFor();

    await page.getByText('1 of 1 answered').waitFor();
    await page.context().close();
  });

  it('tries again what failed, and counts it until then', async () => {
    const { page } = await open(desktop);
    await page.context().setOffline(true);
    await page.setInputFiles('#file', photos(2));
    await page.getByText('0 of 2 answered, 2 failed').waitFor();
    await page.context().setOffline(false);
    await page.locator('.card').first().getByRole('button', { name: 'Try again' }).click();
    await page.getByText('1 of 2 answered, 1 failed').waitFor();

    expect(await focusedId(page)).toContain('card');

    await page.locator('.card').last().getByRole('button', { name: 'Try again' }).click();
    await page.getByText('2 of 2 answered').waitFor();
    await page.context().close();
  });

  it('never loses the focus: after each removal it is on a neighbour, at last where photos are chosen', async () => {
    const { page } = await open(desktop);
    await page.setInputFiles('#file', photos(2));
    await page.getByText('2 of 2 answered').waitFor();
    await page.getByRole('button', { name: 'Remove photo-1.jpg' }).press('Enter');

    expect(await focusedId(page)).toContain('card');

    await page.getByRole('button', { name: 'Remove photo-2.jpg' }).press('Enter');

    expect(await focusedId(page)).toBe('choose');

    await page.context().close();
  });

  it('shows as many labels as the slider says', async () => {
    const { page } = await open(desktop);
    await page.setInputFiles('#file', photos(1));
    await page.locator('.bars li').nth(2).waitFor();
    await page.fill('#count', '7');

    expect(await page.locator('.bars li').count()).toBe(7);

    await page.context().close();
  });

  it('looks through the camera, says what that costs, and stops', async () => {
    const { page } = await open({ ...desktop, permissions: ['camera'] });
    await page.getByRole('button', { name: 'Live camera' }).click();
    await page.getByText(/up to 120 calls, on AWS Lambda about \$/).waitFor();
    await page.getByText(/2 answers, about \$/).waitFor();

    expect(await findViolations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Keep this one' }).click();
    await page.getByText('1 of 1 answered').waitFor();

    expect(await page.locator('#camera').isHidden()).toBe(true);

    await page.context().close();
  });

  it.each([
    ['uncalibrated', 'Not measured'],
    ['long-and-right-to-left', 'Confident'],
    ['thousand-labels', 'Confident'],
  ] as const)('has room and words for a model that is %s, from 320 pixels on', async (model, verdict) => {
    for (const width of [320, 2560]) {
      const { page } = await open({ viewport: { width, height: 900 } });
      await pretend(page, model);
      await page.setInputFiles('#file', photos(2));
      await page.locator('.chip', { hasText: verdict }).first().waitFor();
      if (await page.locator('#options').isVisible()) await page.locator('#options').click();
      await page.getByText('By address').click();

      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), String(width)).toBe(true);
      expect(await findViolations(page)).toEqual([]);

      await page.getByRole('button', { name: 'Table' }).click();

      expect(await page.evaluate(tableFits), String(width)).toBe(true);

      await page.context().close();
    }
  });

  it('shows what failed in a table that does not scroll sideways on a narrow phone', async () => {
    const { page } = await open({ viewport: { width: 320, height: 640 }, hasTouch: true });
    const letter = { name: 'letter.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('%PDF-1.7 …') };
    await page.setInputFiles('#file', [...photos(1), letter]);
    await page.getByText('1 of 2 answered, 1 failed').waitFor();

    await page.getByRole('button', { name: 'Table' }).click();

    expect(await page.locator('#rows .problem').textContent()).toContain('PDF');
    expect(await page.evaluate(tableFits)).toBe(true);

    await page.context().close();
  });

  it('has no target smaller than 44 pixels', async () => {
    const { page } = await open(phone);
    await page.setInputFiles('#file', photos(2));
    await page.getByText('2 of 2 answered').waitFor();
    await page.getByRole('button', { name: 'Options' }).click();

    const small =
      await page.evaluate(`[...document.querySelectorAll('button, select, input:not([type=range]), summary, nav a')]
      .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 43.9)
      .map((each) => each.outerHTML)`);

    expect(small).toEqual([]);

    await page.context().close();
  });
});
