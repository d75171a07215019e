import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { refreshAlias, runPulumi } from '../../../cli/operate/run-pulumi.ts';

const folder = mkdtempSync(join(tmpdir(), 'run-pulumi-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A pulumi that ends at once, with 0 where it is asked for what is expected. */
function pretendPulumi(expected: string): void {
  writeFileSync(join(folder, 'pulumi'), `#!/bin/sh\n[ "$*" = "${expected}" ] || exit 3\n`);
  chmodSync(join(folder, 'pulumi'), 0o755);
  vi.stubEnv('PATH', `${folder}:/bin:/usr/bin`);
}

it('runs to its end', async () => {
  pretendPulumi('stack ls');

  await expect(runPulumi(folder, ['stack', 'ls'])).resolves.toBeUndefined();
});

it('says with what it ended', async () => {
  pretendPulumi('stack ls');

  await expect(runPulumi(folder, ['up'])).rejects.toThrow('"pulumi up" ended with 3.');
});

it('says where there is none', async () => {
  vi.stubEnv('PATH', '/no/such/folder');

  await expect(runPulumi('/', ['up'])).rejects.toThrow('There is no pulumi on the path.');
});

it('refreshes the alias alone', async () => {
  pretendPulumi('refresh --yes --skip-preview --target urn:pulumi:**aws:lambda/alias:Alias::** --stack dev');

  await expect(refreshAlias(folder, 'dev')).resolves.toBeUndefined();
});
