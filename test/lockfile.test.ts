import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface LockedPackage {
  readonly engines?: { readonly node?: string };
  readonly link?: boolean;
  readonly integrity?: string;
}

const lockfiles = globSync('**/package-lock.json', {
  cwd: new URL('..', import.meta.url).pathname,
  exclude: (path) => /(?:^|\/)(?:node_modules|dist(?:\..*)?)$/.test(path),
});

function readPackages(path: string): Readonly<Record<string, LockedPackage>> {
  return JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')).packages;
}

it('finds the lockfiles of all folders that have packages of their own', () => {
  // What owners copy is locked where they install it.
  const manifests = globSync('**/package.json', {
    cwd: new URL('..', import.meta.url).pathname,
    exclude: (path) => /(?:^|\/)(?:node_modules|dist(?:\..*)?|packaging)$/.test(path),
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

it('the README names every package of the project that asks for a newer Node.js than 20', () => {
  const asks = Object.entries(readPackages('package-lock.json')).filter(([path, { engines }]) => {
    const [, least] = /^>= ?(\d+)[.\d]*$/.exec(engines?.node ?? '') ?? [];
    return path !== '' && Number(least) > 20;
  });
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

  const names = asks.map(([path]) => path.replace(/^.*node_modules\//, ''));

  expect(names).toEqual(['@pulumi/pulumi']);
  for (const name of names) expect(readme).toMatch(new RegExp(`warns of \`${name}\` \\(\`EBADENGINE\`\\)`));
});
