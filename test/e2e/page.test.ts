import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spawnCli } from '../cli/run-cli.ts';
import { drawnJpeg } from '../helpers/drawn-jpeg.ts';
import { exifPayload } from '../helpers/exif-structure.ts';
import { insertAfterStart, jpegSegment } from '../helpers/jpeg-file.ts';
import { findChromium } from './find-tools.ts';

const executablePath = findChromium();
const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

// Without its own services Chromium asks nobody but the page.
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, colorScheme: 'light' };
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true };

describe.skipIf(executablePath === undefined)('the demo page in Chromium', () => {
  const service = spawnCli(['serve', '--port', '0'], {});
  let browser: Browser;
  let address: string;

  beforeAll(async () => {
    const [ready] = (await once(createInterface(service.stdout), 'line')) as [string];
    address = `http://127.0.0.1:${/localhost:(\d+)/.exec(ready)?.[1]}/`;
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: quiet });
  });
  afterAll(async () => {
    await browser.close();
    service.kill();
  });

  /** Opens the page; what it logs, throws or asks of others is kept. */
  async function open(options: BrowserContextOptions): Promise<{ page: Page; faults: string[]; asked: Set<string> }> {
    const context = await browser.newContext(options);
    // Put in by the browser itself: the page's own policy lets no other script in.
    await context.addInitScript({ path: axeFile });
    const page = await context.newPage();
    const faults: string[] = [];
    const asked = new Set<string>();
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      // A refused photo is a failed request, which Chromium logs by itself.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        faults.push(message.text());
    });
    page.on('request', (request) => {
      if (/^https?:/.test(request.url())) asked.add(new URL(request.url()).origin);
    });
    await page.goto(address);
    return { page, faults, asked };
  }

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

    await page.getByText('2 of 2 done').waitFor();

    expect(await page.locator('.verdict:visible').count()).toBe(2);
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
    await page.locator('#url').focus();
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
    await page.getByText('Nothing yet.').waitFor();
    await page.context().close();
  });

  it('has a page for the API, without a violation either', async () => {
    const { page, faults } = await open(phone);
    await page.getByRole('link', { name: "the API's own pages" }).click();

    await page.getByRole('heading', { name: 'POST /predict' }).waitFor();

    expect(await findViolations(page)).toEqual([]);
    expect(faults).toEqual([]);

    await page.context().close();
  });
});

interface Prediction {
  readonly photo: { readonly width: number; readonly height: number };
  readonly predictions: readonly { readonly label: string; readonly probability: number }[];
}

/** After the end of a JPEG anything may follow; so much makes a photo one that the page shrinks. */
const filler = Buffer.alloc(2_000_000);

async function findViolations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    interface Axe {
      run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
    }
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}
