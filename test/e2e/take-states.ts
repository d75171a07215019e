// Takes a picture of every state of the page, for whoever changes it to look at:
//   npx node test/e2e/take-states.ts FOLDER [PART OF A NAME]
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { assets } from '../../function/bundling/assets.ts';
import { buildPage } from '../../function/page/build-page.ts';
import { serve } from '../../function/serve.ts';
import { wireService } from '../../function/wire.ts';
import { drawnJpeg } from '../helpers/drawn-jpeg.ts';
import { findChromium } from './find-tools.ts';
import { pretend, pretendPredictions } from './pretended-models.ts';

const [folder = 'page-states', part = ''] = process.argv.slice(2);
const screens: Readonly<Record<string, BrowserContextOptions>> = {
  '320-dark': { viewport: { width: 320, height: 640 }, colorScheme: 'dark', hasTouch: true },
  '390-light': { viewport: { width: 390, height: 844 }, colorScheme: 'light', hasTouch: true },
  '390-dark': { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true },
  '1280-light': { viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  '1280-dark': { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  '1920-light': { viewport: { width: 1920, height: 1080 }, colorScheme: 'light' },
  '1920-dark': { viewport: { width: 1920, height: 1080 }, colorScheme: 'dark' },
  '2560-dark': { viewport: { width: 2560, height: 1300 }, colorScheme: 'dark' },
};

type File = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

const photos: readonly File[] = readdirSync(assets.examplesDirectory)
  .filter((name) => name.endsWith('.jpg'))
  .map((name) => ({ name, mimeType: 'image/jpeg', buffer: readFileSync(join(assets.examplesDirectory, name)) }));
const many = (count: number): File[] =>
  Array.from({ length: count }, (_, at) => {
    const photo = photos[at % photos.length] as File;
    return { ...photo, name: photo.name.replace('.', `-${at + 1}.`) };
  });
/** Of few pixels each: a browser takes no more than 50 MB at once from who drives it. */
const few = (count: number): File[] =>
  Array.from({ length: count }, (_, at) => ({
    name: `photo-${at + 1}.jpg`,
    mimeType: 'image/jpeg',
    buffer: drawnJpeg(48, 64, at + 1),
  }));
const pad = (photo: File): File => ({ ...photo, buffer: Buffer.concat([photo.buffer, Buffer.alloc(400_000)]) });
const letter: File = { name: 'letter.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('%PDF-1.7 …') };

const drop = async (page: Page, files: readonly File[], until = `${files.length} of ${files.length} answered`) => {
  await page.setInputFiles('#file', [...files]);
  await page.getByText(until).first().waitFor();
};

/** Where the screen is too narrow to have them open. */
const openOptions = async (page: Page) => {
  if (await page.locator('#options').isVisible()) await page.locator('#options').click();
};

/** What is done on the page before its picture is taken; `whole` takes all of it, not only what is in view. */
const states: Readonly<Record<string, (page: Page) => Promise<'whole' | undefined>>> = {
  empty: async () => undefined,
  one: async (page) => {
    await page.getByRole('button', { name: 'Try skirt' }).click();
    await page.getByText('1 of 1 answered').waitFor();
    return undefined;
  },
  why: async (page) => {
    await drop(page, photos.slice(4, 5));
    await page.getByRole('button', { name: 'Show why' }).click();
    await page.getByText('The warm places').waitFor();
    await page.locator('.verdict summary').click();
    return 'whole';
  },
  eight: async (page) => {
    await drop(page, many(8));
    return 'whole';
  },
  forty: async (page) => {
    await drop(page, many(40));
    return undefined;
  },
  thousand: async (page) => {
    await page.goto(`http://127.0.0.1:${quickServer.port}/`);
    await page.getByText('labels').first().waitFor();
    await drop(page, few(1000), '1,000 of 1,000 answered');
    await page.getByRole('button', { name: 'Table' }).click();
    return undefined;
  },
  sorted: async (page) => {
    await drop(page, many(12));
    await page.getByRole('button', { name: 'Table' }).click();
    await openOptions(page);
    await page.selectOption('#order', 'least');
    return 'whole';
  },
  failures: async (page) => {
    await drop(
      page,
      [photos[2] as File, letter, { ...letter, name: 'second-letter.jpg' }],
      '1 of 3 answered, 2 failed',
    );
    return 'whole';
  },
  offline: async (page) => {
    await page.context().setOffline(true);
    await page.setInputFiles('#file', photos.slice(0, 1));
    await page.getByText('This device is offline').first().waitFor();
    return undefined;
  },
  slow: async (page) => {
    const network = await page.context().newCDPSession(page);
    const conditions = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 6_000 };
    await network.send('Network.emulateNetworkConditions', conditions);
    // Larger than what a socket takes at once, or the whole of it counts as sent.
    await page.setInputFiles('#file', photos.slice(0, 3).map(pad));
    await page.getByText('sending…').first().waitFor();
    return undefined;
  },
  busy: async (page) => {
    await page.route('**/predict*', (route) => route.fulfill({ status: 429, body: '{"message":"Too Many Requests"}' }));
    await page.setInputFiles('#file', photos.slice(0, 2));
    await page.getByText('The service is busy: next try').first().waitFor();
    return undefined;
  },
  key: async (page) => {
    const refusal = { error: { code: 'unauthorized', message: 'The secret is missing.', hint: 'Send it.' } };
    await page.route('**/health', (route) => route.fulfill({ status: 401, json: refusal }));
    await page.reload();
    await page.getByText('This service asks for its key').waitFor();
    return undefined;
  },
  address: async (page) => {
    await page.getByText('By address').click();
    return undefined;
  },
  'address-again': async (page) => {
    await drop(page, photos.slice(0, 1));
    await page.getByText('By address').click();
    return undefined;
  },
  huge: async (page) => {
    const buffer = Buffer.concat([drawnJpeg(6000, 4000, 3), Buffer.alloc(2_000_000)]);
    await drop(page, [{ name: 'huge.jpg', mimeType: 'image/jpeg', buffer }]);
    return undefined;
  },
  camera: async (page) => {
    await page.getByRole('button', { name: 'Live camera' }).click();
    await page.getByText(/[3-9] answers/).waitFor();
    return undefined;
  },
  uncalibrated: async (page) => {
    await pretend(page, 'uncalibrated');
    await drop(page, photos.slice(2, 3));
    await page.locator('.verdict summary').click();
    return 'whole';
  },
  labels: async (page) => {
    await pretend(page, 'thousand-labels');
    await page.reload();
    await page.getByText('1,000 labels').waitFor();
    return undefined;
  },
  long: async (page) => {
    await pretend(page, 'long-and-right-to-left');
    await drop(page, photos.slice(2, 4));
    await openOptions(page);
    await page.fill('#count', '6');
    return 'whole';
  },
  docs: async (page) => {
    await page.goto(new URL('docs', page.url()).href);
    return 'whole';
  },
  model: async (page) => {
    await page.goto(new URL('model', page.url()).href);
    return 'whole';
  },
};

const service = wireService({ LOG_LEVEL: 'error' }, { startsCold: false, readPage: buildPage });
await service.collaborators.classifier();
const server = await serve(service, { port: 0, host: '127.0.0.1' });
const quickServer = await serve(pretendPredictions(service, 'clothes'), { port: 0, host: '127.0.0.1' });
const args = ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
const browser = await chromium.launch({ executablePath: findChromium() ?? 'chromium', args });
mkdirSync(resolve(folder), { recursive: true });
for (const [screen, options] of Object.entries(screens)) {
  for (const [state, reach] of Object.entries(states)) {
    const name = `${state}-${screen}`;
    if (name.includes(part)) await take(browser, name, options, reach);
  }
}
await browser.close();
await server.close(1_000);
await quickServer.close(1_000);

async function take(
  from: Browser,
  name: string,
  options: BrowserContextOptions,
  reach: (page: Page) => Promise<'whole' | undefined>,
): Promise<void> {
  const context = await from.newContext({ ...options, permissions: ['camera'] });
  const page = await context.newPage();
  // A thousand photos take their time on a busy machine.
  page.setDefaultTimeout(240_000);
  page.on('pageerror', (error) => console.error(name, error.message));
  await page.goto(`http://127.0.0.1:${server.port}/`);
  await page.getByText('labels').first().waitFor();
  const fullPage = (await reach(page)) === 'whole';
  await page.evaluate(
    'Promise.all(document.getAnimations().filter((each) => each.playState !== "running" || each.effect.getComputedTiming().iterations === 1).map((each) => each.finished))',
  );
  await page.screenshot({ path: join(resolve(folder), `${name}.png`), fullPage });
  await context.close();
  console.log(name);
}
