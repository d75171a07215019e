import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { maximumUrlLengthInCharacters } from '../function/fetch/check-url.ts';
import { maximumHeaderSizeInBytes } from '../function/fetch/open-response.ts';
import { maximumHeadersTimeoutInMilliseconds } from '../function/serve.ts';
import { limitDefinitions as limits } from '../function/settings/limits.ts';
import { maximumFields } from '../function/source/read-fields.ts';
import { maximumScans } from '../photo/jpeg/entropy/progression.ts';

const text = readFileSync(new URL('../SECURITY.md', import.meta.url), 'utf8');
const rows = text.split('\n').filter((line) => line.startsWith('| '));
const testFiles = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => `/${file.replaceAll('\\', '/')}`);

const named = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].flatMap((match) => match[1] ?? []);
const isThere = (name: string) => testFiles.some((file) => file.endsWith(`/${name}.test.ts`));

it('names tests that are there, in every row of threats', () => {
  const threats = text.slice(text.indexOf('## Threats'), text.indexOf("## The operator's part"));
  const lastCells = threats.split('\n').flatMap((line) => /\|([^|]+)\|$/.exec(line)?.[1] ?? []);
  const names = lastCells.flatMap(named);

  expect(names.length).toBeGreaterThan(60);
  expect(names.filter((name) => !isThere(name))).toEqual([]);
});

it('names for every promise a test that holds it', () => {
  const promises = text.slice(text.indexOf('## What is promised'), text.indexOf('What is not promised'));
  const items = promises.split(/^\d\. /m).slice(1);

  expect(items).toHaveLength(6);
  for (const item of items)
    expect(named(/\(([^()]*)\)\s*$/.exec(item)?.[1] ?? '').filter(isThere), item).not.toEqual([]);
});

it.each([
  ['body of a request', limits.maximumBodySizeInBytes.default / 1e6, 'MB'],
  ['photo from a URL', limits.maximumPhotoSizeInBytes.default / 1e6, 'MB'],
  ['pixels', limits.maximumPixels.default / 1e6, 'megapixels'],
  ['scans of', maximumScans, ''],
  ['parts of a form', limits.maximumItems.default, 'files'],
  ['parts of a form', maximumFields, 'fields'],
  ['length of a URL', maximumUrlLengthInCharacters.toLocaleString('en-US'), 'characters'],
  ['header of', maximumHeaderSizeInBytes / 1024, 'KB'],
  ['photos in a request', limits.maximumItems.default, ''],
  ['redirects', limits.maximumRedirects.default, ''],
  ['time for one photo', limits.fetchTimeoutInMilliseconds.default / 1e3, 's'],
  ['all work', limits.deadlineMarginInMilliseconds.default / 1e3, 's'],
  ['requests at work', limits.maximumQueuedRequests.default, ''],
  ['requests at work', limits.maximumQueuedRequestsPerAddress.default, 'for one address'],
  ['bytes of bodies', limits.maximumUploadsInBytes.default / 1e6, 'MB'],
  ['bytes of bodies', limits.maximumUploadsPerAddressInBytes.default / 1e6, 'MB for one address'],
  ['connections of', limits.maximumConnections.default, ''],
  ['connections of', limits.maximumConnectionsPerAddress.default, 'for one address'],
  ['time for a header', maximumHeadersTimeoutInMilliseconds / 1e3, 's'],
  ['time for a header', limits.uploadTimeoutInMilliseconds.default / 1e3, 's and'],
])('gives the real limit on %s', (what, limit, unit) => {
  const row = rows.find((line) => line.startsWith(`| ${what}`));

  expect(row).toMatch(new RegExp(`\\b${limit} ?${unit}\\b`));
});
