import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from './find-tools.ts';
import { findViolations, servePage } from './opened-page.ts';

const executablePath = findChromium();
const screens: readonly [string, BrowserContextOptions][] = [
  ['a desktop in light colours', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['a phone in dark colours', { viewport: { width: 320, height: 640 }, colorScheme: 'dark', hasTouch: true }],
];

describe.skipIf(executablePath === undefined)('the pages of the API and of the model in Chromium', () => {
  const { open, start, stop } = servePage(executablePath);
  let address: string;

  beforeAll(async () => {
    address = await start();
  });
  afterAll(() => stop());

  it.each(screens)('try a prediction with an example photo on %s, and axe finds nothing', async (_case, options) => {
    const { page, faults, asked } = await open(options);
    await page.getByRole('link', { name: 'The API', exact: true }).click();
    await page.getByRole('heading', { name: 'POST /predict' }).waitFor();
    await page.getByRole('button', { name: 'Try it with t-shirt.jpg' }).click();
    await page.getByText('"label": "t-shirt"').first().waitFor();
    await page.locator('#predict').getByRole('tab', { name: 'Python' }).first().click();

    expect(await page.locator('#predict-call-0-text').innerText()).toContain(`"${address}predict"`);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await findViolations(page)).toEqual([]);
    expect(faults).toEqual([]);
    expect([...asked]).toEqual([new URL(address).origin]);

    await page.context().close();
  });

  it.each(screens)('show what was measured of the model on %s, and axe finds nothing', async (_case, options) => {
    const { page, faults } = await open(options, 'model');
    await page.getByRole('heading', { name: 'The model “clothing”' }).waitFor();
    await page.getByText('The same as a table').click();

    expect(await page.getByRole('img', { name: /How often answers are right/ }).isVisible()).toBe(true);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await findViolations(page)).toEqual([]);
    expect(faults).toEqual([]);

    await page.context().close();
  });

  it('say without JavaScript how the service is called', async () => {
    const { page } = await open({ javaScriptEnabled: false });

    await page.locator('noscript .notice').waitFor();
    await page.goto(`${address}docs`);
    await page.getByText('curl --data-binary @photo.jpg').first().waitFor();
    await page.context().close();
  });
});
