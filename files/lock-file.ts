import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { FileError } from './file-error.ts';
import { isSystemError } from './system-reason.ts';

/** The right to write a file, which no other process has meanwhile. */
export interface FileLock {
  release(): void;
}

const held = new Set<string>();

/**
 * Takes the lock of a file: `PATH.lock` beside it, which names the process that holds it. One whose process has ended on
 * this machine is taken over.
 * @throws FileError where another process holds it
 */
export function lockFile(path: string): FileLock {
  const lock = `${path}.lock`;
  const owner = `${process.pid} ${hostname()}\n`;
  if (!create(lock, owner)) {
    const holder = readHolder(lock);
    if (held.has(lock) || !isGone(holder) || !takeAway(lock, holder) || !create(lock, owner))
      throw isLocked(path, holder);
  }
  held.add(lock);
  return {
    release: () => {
      held.delete(lock);
      rmSync(lock, { force: true });
    },
  };
}

function create(lock: string, owner: string): boolean {
  try {
    writeFileSync(lock, owner, { flag: 'wx' });
    return true;
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Empty for a lock that has been given back meanwhile. */
function readHolder(lock: string): string {
  try {
    return readFileSync(lock, 'utf8');
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** Of a process on another machine nothing is known. */
function isGone(holder: string): boolean {
  const [, pid, host] = /^(\d+) (.+)\n$/.exec(holder) ?? [];
  if (pid === undefined || host !== hostname()) return false;
  // A container's first process has the same number each time.
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return isSystemError(error) && error.code === 'ESRCH';
  }
}

/** By a name of its own first: of two processes that find the same old lock only one can move it. */
function takeAway(lock: string, holder: string): boolean {
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return false;
    throw error;
  }
  const isTheOldOne = readHolder(aside) === holder;
  if (isTheOldOne) rmSync(aside);
  // Another process took it over meanwhile: give it back.
  else renameSync(aside, lock);
  return isTheOldOne;
}

function isLocked(path: string, holder: string): FileError {
  return new FileError(
    path,
    'locked',
    `${describeHolder(holder)} is writing it`,
    `Wait until it ends or choose another name; if there is no such process any more, remove ${path}.lock.`,
  );
}

function describeHolder(holder: string): string {
  const [pid, host] = holder.trim().split(' ');
  return host === undefined ? 'another process' : `process ${pid} on ${host}`;
}
