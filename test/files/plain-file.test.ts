import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileError, type FileErrorReason } from '../../files/file-error.ts';
import { readPlainFile } from '../../files/plain-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'plain-file-'));
const path = (name: string) => join(folder, name);
const limitInBytes = 1_000_000;
const server = createServer();

beforeAll(async () => {
  writeFileSync(path('file'), 'content');
  writeFileSync(path('empty'), '');
  symlinkSync('file', path('link'));
  mkdirSync(path('folder'));
  symlinkSync('folder', path('link-to-folder'));
  symlinkSync('/dev/zero', path('link-to-device'));
  symlinkSync('loop', path('loop'));
  execFileSync('mkfifo', [path('pipe')]);
  // Nothing but its size: the disk holds none of it.
  writeFileSync(path('huge'), '');
  truncateSync(path('huge'), 3 * 2 ** 30);
  await new Promise<void>((resolve) => server.listen(path('socket'), resolve));
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

describe('readPlainFile', () => {
  it.each([
    ['file', 'content'],
    ['link', 'content'],
    ['empty', ''],
  ])('reads a plain %s', (name, content) => {
    expect(readPlainFile(path(name), limitInBytes).toString()).toBe(content);
  });

  it('reads what has exactly as many bytes as are allowed', () => {
    expect(readPlainFile(path('file'), 7)).toHaveLength(7);
    expect(() => readPlainFile(path('file'), 6)).toThrow(FileError);
  });

  it.each<[string, FileErrorReason, string]>([
    ['pipe', 'not_plain', 'it is a named pipe, not a file'],
    ['link-to-device', 'not_plain', 'it is a device, not a file'],
    ['socket', 'unreadable', 'it is a socket, not a file'],
    ['folder', 'folder', 'it is a folder, not a file'],
    ['link-to-folder', 'folder', 'it is a folder, not a file'],
    ['loop', 'unreadable', 'it is a link that leads back to itself'],
    ['huge', 'too_large', 'it has 3221.2 MB, more than the 1.0 MB that such a file may have'],
    ['none', 'missing', 'there is no such file or folder'],
    ['file/below', 'unreadable', 'a part of its path is not a folder'],
    ['no-text-\ufffd', 'missing', 'its name is not text in UTF-8, and must be changed first'],
    ['x'.repeat(300), 'unreadable', 'its name is too long'],
  ])('refuses %s', (name, reason, complaint) => {
    const read = () => readPlainFile(path(name), limitInBytes);

    expect(read).toThrow(FileError);
    expect(read).toThrow(expect.objectContaining({ reason, complaint }));
    expect(read).toThrow(`${path(name)} cannot be used: ${complaint}.`);
  });

  it('refuses a name that no file can have', () => {
    expect(() => readPlainFile('a\0b', limitInBytes)).toThrow('its name holds a zero character');
  });
});
