// Makes function/page/screenshot.png, the README's picture of the page: npx node test/e2e/take-screenshot.ts
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { buildPage } from '../../function/page/build-page.ts';
import { serve } from '../../function/serve.ts';
import { wireService } from '../../function/wire.ts';
import { drawParityPhoto, type ParityRecipe } from '../../model/parity/parity-photo.ts';
import { encodeJpeg } from '../helpers/jpeg-file.ts';
import { findChromium } from './find-tools.ts';

const photos: readonly ParityRecipe[] = [
  { kind: 'discs', width: 400, height: 534, seed: 5 },
  { kind: 'garment', width: 400, height: 534, seed: 21 },
  { kind: 'garment', width: 400, height: 534, seed: 7 },
];

const service = wireService({}, { startsCold: false, readPage: buildPage });
await service.collaborators.classifier();
const server = await serve(service, { port: 0, host: '127.0.0.1' });
const browser = await chromium.launch({ executablePath: findChromium() ?? 'chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1100, height: 1000 } });
await page.goto(`http://127.0.0.1:${server.port}/`);
const files = photos.map((recipe) => ({
  name: `${recipe.kind}-${recipe.seed}.jpg`,
  mimeType: 'image/jpeg',
  buffer: encodeJpeg(drawParityPhoto(recipe)),
}));
await page.setInputFiles('#file', files);
await page.getByText(`${files.length} of ${files.length} done`).waitFor();
await page.getByRole('button', { name: 'Show why' }).first().click();
await page.getByText('The warm places').waitFor();
await page.evaluate('Promise.all(document.getAnimations().map((animation) => animation.finished))');
await page.screenshot({ path: fileURLToPath(new URL('../../function/page/screenshot.png', import.meta.url)) });
await browser.close();
await server.close(1_000);
