import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface LockedPackage {
  readonly link?: boolean;
  readonly integrity?: string;
}

const lockfile: { readonly packages: Readonly<Record<string, LockedPackage>> } = JSON.parse(
  readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'),
);

it('verifies every package that npm installs by a hash', () => {
  const installed = Object.entries(lockfile.packages).filter(([path, { link }]) => path !== '' && link !== true);

  const unverified = installed.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path);

  expect(installed.length).toBeGreaterThan(100);
  expect(unverified).toEqual([]);
});
