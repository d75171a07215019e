// npm --prefix docs/site run screenshots: pictures of the built site as a phone and a desk show it, into dist/screenshots, and
// fails where a page is wider than its window, logs an error or asks anyone but itself.
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type BrowserContextOptions, chromium } from 'playwright-core';
import { findChromium } from '../../test/e2e/find-tools.ts';
import { serveDirectory } from './serve-directory.ts';

const pages = {
  home: '/',
  http: '/docs/http.html',
  learn: '/docs/learn/',
  load: '/api/lambda-lens/functions/load.html',
};
const windows: Readonly<Record<string, BrowserContextOptions>> = {
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true },
  desk: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
};

const faults: string[] = [];
const server = await serveDirectory(join(import.meta.dirname, 'dist', 'html'));
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const browser = await chromium.launch({
  executablePath: findChromium() ?? 'chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  for (const [device, options] of Object.entries(windows)) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && faults.push(`${device}: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(`${device}: ${error.message}`));
    page.on('request', (request) => !request.url().startsWith(address) && faults.push(`asks ${request.url()}`));
    const picture = (name: string) => join(import.meta.dirname, 'dist', 'screenshots', `${name}-${device}.png`);
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(`${address}${path}`, { waitUntil: 'networkidle' });
      const width = Number(await page.evaluate('document.documentElement.scrollWidth'));
      if (width > (options.viewport?.width ?? 0)) faults.push(`${name} is ${width} pixels wide on a ${device}`);
      await page.screenshot({ path: picture(name) });
    }
    await page.getByRole('button', { name: 'Search' }).first().click();
    await page.getByRole('searchbox').fill('cold start');
    await page.locator('.VPLocalSearchBox .result').first().waitFor();
    await page.screenshot({ path: picture('search') });
    await context.close();
  }
} finally {
  await browser.close();
  server.close();
}
console.log(faults.length === 0 ? 'ten pictures in docs/site/dist/screenshots' : faults.join('\n'));
if (faults.length > 0) process.exitCode = 1;
