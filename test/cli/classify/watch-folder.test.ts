import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchFolder } from '../../../cli/classify/watch-folder.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'watched-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

const put = (name: string, content = 'a photo') => writeFileSync(join(directory, name), content);

/** What is handed out by so many looks, before each of which something happens. */
async function watch(...events: readonly (() => void)[]): Promise<string[]> {
  const stopped = new AbortController();
  let looks = 0;
  const wait = async () => {
    events[looks]?.();
    looks++;
    if (looks > events.length) stopped.abort();
  };
  const found: string[] = [];
  for await (const photo of watchFolder(directory, { signal: stopped.signal, wait })) found.push(photo);
  return found.map((photo) => photo.slice(directory.length + 1));
}

const nothing = () => undefined;

describe('a watched folder', () => {
  it('hands out what comes into it, not what was there', async () => {
    put('old.jpg');

    expect(await watch(() => put('new.jpg'), nothing, nothing)).toEqual(['new.jpg']);
  });

  it('waits until a photo has stopped growing', async () => {
    const grow = (content: string) => () => put('slow.jpg', content);

    expect(await watch(grow('a'), grow('ab'), grow('abc'))).toEqual([]);
    expect(await watch(() => put('other.jpg'), grow('abcd'), nothing)).toEqual(['other.jpg']);
  });

  it('hands out each photo once, empty files and other files never', async () => {
    const come = () => {
      put('photo.jpg');
      put('empty.jpg', '');
      put('notes.txt');
    };

    expect(await watch(come, nothing, nothing, nothing)).toEqual(['photo.jpg']);
  });

  it('sees folders below it', async () => {
    const come = () => {
      mkdirSync(join(directory, 'camera'));
      put(join('camera', 'one.png'));
    };

    expect(await watch(come, nothing, nothing)).toEqual([join('camera', 'one.png')]);
  });
});
