// Makes function/page/screenshot.jpg, the README's picture of the page: npx node test/e2e/take-screenshot.ts
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { assets } from '../../function/bundling/assets.ts';
import { buildPage } from '../../function/page/build-page.ts';
import { serve } from '../../function/serve.ts';
import { wireService } from '../../function/wire.ts';
import { findChromium } from './find-tools.ts';

const path = fileURLToPath(new URL('../../function/page/screenshot.jpg', import.meta.url));
const photos = ['t-shirt', 'skirt', 'shoes', 'cat'].map((name) => join(assets.examplesDirectory, `${name}.jpg`));

const service = wireService({ LOG_LEVEL: 'error' }, { startsCold: false, readPage: buildPage });
await service.collaborators.classifier();
const server = await serve(service, { port: 0, host: '127.0.0.1' });
const browser = await chromium.launch({ executablePath: findChromium() ?? 'chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 884 }, colorScheme: 'light' });
await page.goto(`http://127.0.0.1:${server.port}/`);
await page.getByText('10 labels').waitFor();
await page.setInputFiles('#file', photos);
await page.getByText(`${photos.length} of ${photos.length} answered`).waitFor();
await page.evaluate('scrollTo(0, 0)');
await page.evaluate('Promise.all(document.getAnimations().map((animation) => animation.finished))');
await page.screenshot({ path, type: 'jpeg', quality: 85 });
await browser.close();
await server.close(1_000);
