import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findBrokenLinks } from '../../../docs/site/find-broken-links.ts';

function makeSite(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'site-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
  return directory;
}

it.each([
  ['a page', '<a href="./other.html">', []],
  ['the page of a folder', '<a href="/docs/">', []],
  ['an anchor of its own', '<h1 id="top"><a href="#top">', []],
  ['an anchor with a letter that URLs escape', '<h1 id="été"><a href="#%C3%A9t%C3%A9">', []],
  ['another site', '<a href="https://example.com/x"><a href="//example.com/y"><a href="mailto:a@example.com">', []],
  ['a page that is not there', '<a href="gone.html">', ['docs/index.html → gone.html']],
  ['an anchor that is not there', '<a href="other.html#gone">', ['docs/index.html → other.html#gone']],
  ['a picture that is not there', '<img alt="" src="/gone.png">', ['docs/index.html → /gone.png']],
  ['a folder without a page', '<a href="/empty">', ['docs/index.html → /empty']],
])('a link to %s is seen for what it is', (_what, link, broken) => {
  const site = makeSite({ 'docs/index.html': link, 'docs/other.html': '<h1 id="here">', 'empty/file.txt': '' });

  expect(findBrokenLinks(site)).toEqual(broken);
});
