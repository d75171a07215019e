import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface LockedPackage {
  readonly link?: boolean;
  readonly integrity?: string;
}

const lockfiles = globSync('**/package-lock.json', {
  cwd: new URL('..', import.meta.url).pathname,
  exclude: (path) => /(?:^|\/)(?:node_modules|dist)$/.test(path),
});

function readPackages(path: string): Readonly<Record<string, LockedPackage>> {
  return JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')).packages;
}

it('finds the lockfiles of all folders that have packages of their own', () => {
  // What owners copy is locked where they install it.
  const manifests = globSync('**/package.json', {
    cwd: new URL('..', import.meta.url).pathname,
    exclude: (path) => /(?:^|\/)(?:node_modules|dist|packaging)$/.test(path),
  });

  expect(lockfiles).toEqual(expect.arrayContaining(['package-lock.json', 'bench/package-lock.json']));
  expect(manifests.map((path) => path.replace('package.json', 'package-lock.json')).sort()).toEqual(lockfiles.sort());
});

it.each(lockfiles)('%s verifies every package by a hash', (path) => {
  const installed = Object.entries(readPackages(path)).filter(([path, { link }]) => path !== '' && link !== true);

  const unverified = installed.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path);

  expect(installed.length).toBeGreaterThan(0);
  expect(unverified).toEqual([]);
});
