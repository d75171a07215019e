import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lockFile } from '../../files/lock-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'lock-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('lockFile', () => {
  it('gives the lock to one at a time', () => {
    const path = join(folder, 'one');
    const lock = lockFile(path);

    expect(() => lockFile(path)).toThrow(`process ${process.pid} on ${hostname()} is writing it`);

    lock.release();

    expect(existsSync(`${path}.lock`)).toBe(false);

    lockFile(path).release();
  });

  it('respects a process that runs', () => {
    const path = join(folder, 'running');
    writeFileSync(`${path}.lock`, `${process.ppid} ${hostname()}\n`);

    expect(() => lockFile(path)).toThrow(`process ${process.ppid} on`);
    expect(readFileSync(`${path}.lock`, 'utf8')).toBe(`${process.ppid} ${hostname()}\n`);
  });

  it('takes over from a process that has ended', () => {
    const path = join(folder, 'ended');
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(`${path}.lock`, `${pid} ${hostname()}\n`);

    const lock = lockFile(path);

    expect(readFileSync(`${path}.lock`, 'utf8')).toBe(`${process.pid} ${hostname()}\n`);

    lock.release();
  });

  it.each([
    ['of a process on another machine', '1 elsewhere\n', 'process 1 on elsewhere'],
    ['that names nobody', '', 'another process is writing it'],
  ])('leaves a lock alone %s', (_, holder, complaint) => {
    const path = join(folder, `other-${holder.length}`);
    writeFileSync(`${path}.lock`, holder);

    expect(() => lockFile(path)).toThrow(complaint);
    expect(() => lockFile(path)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining(`remove ${path}.lock`) }),
    );
  });
});
