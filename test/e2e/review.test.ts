import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patchworkPng } from '../cli/review/patchwork.ts';
import { spawnCli } from '../cli/run-cli.ts';
import { findChromium } from './find-tools.ts';
import { findViolations, focusedId, openBrowser } from './opened-page.ts';

const executablePath = findChromium();
const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, colorScheme: 'light' };
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true };
const folder = mkdtempSync(join(tmpdir(), 'review-e2e-'));
const template = join(folder, 'template');
const count = 6;

describe.skipIf(executablePath === undefined)('lambda-lens review in Chromium', () => {
  const browser = openBrowser(executablePath);
  let sittings = 0;

  beforeAll(async () => {
    await browser.start();
    mkdirSync(join(template, 'inbox'), { recursive: true });
    const names = Array.from({ length: count }, (_, at) => `${at + 1}.png`);
    for (const [at, name] of names.entries()) writeFileSync(join(template, 'inbox', name), patchworkPng(at + 1));
    writeFileSync(join(template, 'inbox', 'cut.png'), patchworkPng(9).subarray(0, 300));
    writeFileSync(
      join(template, 'results.jsonl'),
      [...names, 'cut.png', 'lost.png']
        .map((name, at) => ({
          file: `inbox/${name}`,
          verdict: at === 0 ? 'unfamiliar' : 'unsure',
          predictions: [
            { label: 'hat', probability: 0.5 + at / 1_000 },
            { label: 'dress', probability: 0.5 - at / 1_000 },
          ],
        }))
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    );
  });
  afterAll(async () => {
    await browser.stop();
    rmSync(folder, { recursive: true });
  });

  /** A review of its own, in a folder of its own unless it goes on in one. */
  async function review(root = join(folder, String(sittings++))) {
    cpSync(template, root, { recursive: true, force: true });
    const words = ['review', join(root, 'results.jsonl'), '--into', join(root, 'photos')];
    const program = spawnCli(words, {});
    const lines = createInterface(program.stdout);
    const [ready] = (await once(lines, 'line')) as [string];
    const output: string[] = [];
    lines.on('line', (line) => output.push(line));
    const ended = Promise.all([once(program, 'exit'), text(program.stderr)]);
    const address = /http:\S+/.exec(ready)?.[0] ?? '';
    return {
      root,
      open: (options: BrowserContextOptions) => browser.open(options, address),
      address,
      /** Answers with what the program wrote. */
      async ended() {
        const [[code], errors] = await ended;
        return { code, errors, output: output.join('\n') };
      },
      stop: () => program.kill(),
    };
  }

  const titled = (page: Page, title: string) => page.getByRole('heading', { name: title, exact: true }).waitFor();
  /** Until its picture is there, nothing can be said of a photo. */
  const shown = async (page: Page, title: string) => {
    await titled(page, title);
    await page.getByRole('img', { name: /^The photo to label, inbox/ }).waitFor();
  };
  const copiesIn = (root: string, ...path: string[]) => readdirSync(join(root, ...path));

  it('labels, skips, takes back and ends by keyboard alone', async () => {
    const { root, open, address, ended } = await review();
    const { page, faults, asked } = await open(desktop);
    await shown(page, 'Photo 1 of 7');
    await page
      .getByRole('img', { name: 'The photo to label, inbox/1.png' })
      .or(page.locator('#picture'))
      .first()
      .waitFor();

    await page.keyboard.press('2');
    await shown(page, 'Photo 2 of 7');
    await page.keyboard.press('ArrowLeft');
    await shown(page, 'Photo 1 of 7');
    await page.keyboard.press('1');
    await shown(page, 'Photo 2 of 7');

    expect(await page.locator('#said').textContent()).toMatch(
      /^Copied to dress\. Photo 2 of 7, .*\. Unsure\. The service says hat, 5\d\.\d %\.$/,
    );
    expect(copiesIn(root, 'photos')).toEqual(['dress']);

    await page.keyboard.press('/');
    await page.keyboard.type('sun');
    await page.getByText('Enter takes the new label sun').waitFor();

    expect(await findViolations(page)).toEqual([]);

    await page.keyboard.press('Enter');
    await shown(page, 'Photo 3 of 7');
    await page.getByRole('button', { name: 'sun 1 photos' }).waitFor();
    await page.keyboard.press('0');
    await shown(page, 'Photo 4 of 7');
    await page.keyboard.press('ArrowRight');
    await shown(page, 'Photo 5 of 7');
    // The way of those who switch keys off: from button to button.
    await page.getByRole('button', { name: 'Shortcuts' }).press('Enter');
    await page.keyboard.press('2');
    await page.getByRole('button', { name: /^hat/ }).press('Enter');
    await shown(page, 'Photo 6 of 7');
    await page.keyboard.press('Enter');
    await titled(page, 'All seen');

    expect(await focusedId(page)).toBe('end-title');
    expect(await page.locator('#end-words').textContent()).toMatch(
      /^Of 6 photos 4 got a label, 1 none of the labels, 1 skipped\./,
    );
    expect(await findViolations(page)).toEqual([]);

    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await shown(page, 'Photo 6 of 6');
    await page.locator('#finish').press('Enter');
    await titled(page, 'Closed');
    const { code, output, errors } = await ended();

    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toMatch(/4 photos with labels in .*photos, 1 of none of them in .*photos-others; 0 skipped, 1 left/);
    expect(output).toMatch(/npx lambda-lens train \S+photos --others \S+photos-others/);
    expect(copiesIn(root, 'photos').sort()).toEqual(['dress', 'hat', 'sun']);
    expect(copiesIn(root, 'photos-others')).toHaveLength(1);
    expect(faults).toEqual([]);
    expect([...asked]).toEqual([new URL(address).origin]);

    await page.context().close();
  });

  it('goes on where it was closed', async () => {
    const first = await review();
    const opened = await first.open(desktop);
    await shown(opened.page, 'Photo 1 of 7');
    await opened.page.keyboard.press('1');
    await shown(opened.page, 'Photo 2 of 7');
    first.stop();
    await first.ended();

    await opened.page.keyboard.press('1');
    await opened.page.getByRole('alert').getByText('Start lambda-lens review again').waitFor();
    await opened.page.context().close();

    const second = await review(first.root);
    const { page } = await second.open(desktop);
    await shown(page, 'Photo 2 of 7');
    await page.keyboard.press('ArrowLeft');
    await shown(page, 'Photo 1 of 7');

    expect(copiesIn(first.root, 'photos', 'dress')).toEqual([]);

    second.stop();
    await second.ended();
    await page.context().close();
  });

  it.each([
    ['a desktop in light colours', desktop],
    ['a phone in dark colours', phone],
  ])('fits %s, and axe finds nothing', async (_case, options) => {
    const { open, stop, ended } = await review();
    const { page, faults } = await open(options);
    await shown(page, 'Photo 1 of 7');
    await page.getByText("1 photo can't be shown").click();

    expect(await page.locator('#left-out li').allInnerTexts()).toEqual([
      expect.stringMatching(/--photos\. inbox\/lost\.png$/),
    ]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await findViolations(page)).toEqual([]);

    const small = await page.evaluate(`[...document.querySelectorAll('button, input, summary')]
      .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 43.9)
      .map((each) => each.outerHTML)`);

    expect(small).toEqual([]);
    expect(faults).toEqual([]);

    stop();
    await ended();
    await page.context().close();
  });
});
