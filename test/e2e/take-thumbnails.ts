// Makes examples/thumbnails.json, the small pictures of the page: npx node test/e2e/take-thumbnails.ts
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from './find-tools.ts';

/** Half as many again as the page shows, for finer screens. */
const sideInPixels = 96;
const quality = 0.6;
const examples = fileURLToPath(new URL('../../examples/', import.meta.url));

const browser = await chromium.launch({ executablePath: findChromium() ?? 'chromium', args: ['--no-sandbox'] });
const page = await browser.newPage();
const thumbnails: Record<string, string> = {};
for (const name of readdirSync(examples).filter((file) => file.endsWith('.jpg'))) {
  const photo = `data:image/jpeg;base64,${readFileSync(examples + name, 'base64')}`;
  thumbnails[name] = await page.evaluate(drawThumbnail, { photo, sideInPixels, quality });
}
writeFileSync(`${examples}thumbnails.json`, `${JSON.stringify(thumbnails, undefined, 2)}\n`);
await browser.close();

/** Runs in the browser: the middle square of a photo, as base64 of a WebP. */
async function drawThumbnail(asked: { photo: string; sideInPixels: number; quality: number }): Promise<string> {
  const { Image, document } = globalThis as unknown as BrowserGlobals;
  const picture = new Image();
  picture.src = asked.photo;
  await picture.decode();
  const side = Math.min(picture.naturalWidth, picture.naturalHeight);
  const [left, top] = [(picture.naturalWidth - side) / 2, (picture.naturalHeight - side) / 2];
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = asked.sideInPixels;
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, left, top, side, side, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/webp', asked.quality).replace(/^.*,/, '');
}

/** So much of the browser as is used above. */
interface BrowserGlobals {
  readonly Image: new () => { src: string; naturalWidth: number; naturalHeight: number; decode(): Promise<void> };
  readonly document: { createElement(tag: 'canvas'): Canvas };
}

interface Canvas {
  width: number;
  height: number;
  getContext(kind: '2d'): { imageSmoothingQuality: string; drawImage(...args: unknown[]): void };
  toDataURL(type: string, quality: number): string;
}
