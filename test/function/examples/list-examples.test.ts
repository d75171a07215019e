import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assets } from '../../../function/bundling/assets.ts';
import { listExamples, mostExamples } from '../../../function/examples/list-examples.ts';

const maximumSizeOfAllInBytes = 150_000;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lambda-lens-examples-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('examples of a model', () => {
  it('are the photos of its directory by name, and nothing else that lies there', () => {
    for (const name of ['b.png', 'a.JPG', 'c-1_2.webp', 'notes.txt', '.hidden.jpg', 'a b.jpg', 'x<y>.jpg'])
      writeFileSync(join(directory, name), '');
    mkdirSync(join(directory, 'more'));

    const names = listExamples(directory).map(({ name }) => name);

    expect(names).toEqual(['a.JPG', 'b.png', 'c-1_2.webp']);
  });

  it('are none where there is no such directory', () => {
    expect(listExamples(join(directory, 'nowhere'))).toEqual([]);
  });

  it('are no more than a page shows', () => {
    for (let at = 0; at < 30; at++) writeFileSync(join(directory, `${at}.jpg`), '');

    expect(listExamples(directory)).toHaveLength(mostExamples);
  });

  it('have the small pictures that thumbnails.json gives, where they are base64', () => {
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) writeFileSync(join(directory, name), '');
    writeFileSync(
      join(directory, 'thumbnails.json'),
      '{"a.jpg": "UklGRg==", "b.jpg": "\\" onload=\\"x", "d.jpg": "AA=="}',
    );

    const thumbnails = listExamples(directory).map(({ thumbnail }) => thumbnail);

    expect(thumbnails).toEqual(['UklGRg==', undefined, undefined]);
  });
});

describe('the shipped examples', () => {
  it('are twelve photos of 150 kB in all, each with a small picture', () => {
    const files = readdirSync(assets.examplesDirectory).filter((name) => name.endsWith('.jpg'));
    const sizes = files.map((name) => statSync(join(assets.examplesDirectory, name)).size);

    const examples = listExamples(assets.examplesDirectory);

    expect(examples.map(({ name }) => name)).toEqual(files.sort());
    expect(examples.every(({ thumbnail }) => thumbnail !== undefined)).toBe(true);
    expect(examples).toHaveLength(12);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(maximumSizeOfAllInBytes);
  });
});
