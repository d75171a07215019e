import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface LockedPackage {
  readonly link?: boolean;
  readonly integrity?: string;
}

function readPackages(path: string): Readonly<Record<string, LockedPackage>> {
  return JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')).packages;
}

it.each(['package-lock.json', 'bench/mutants/package-lock.json'])('%s verifies every package by a hash', (path) => {
  const installed = Object.entries(readPackages(path)).filter(([path, { link }]) => path !== '' && link !== true);

  const unverified = installed.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path);

  expect(installed.length).toBeGreaterThan(100);
  expect(unverified).toEqual([]);
});
