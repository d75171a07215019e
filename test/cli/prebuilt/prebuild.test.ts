import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entries } from '../../../cli/prebuilt/find-entry.mjs';
import { keepCode } from '../../../cli/prebuilt/keep-code.ts';
import { codeOf, loadScript } from '../../../cli/prebuilt/load-script.mjs';
import { prebuild } from '../../../cli/prebuilt/prebuild.ts';

const scratch = mkdtempSync(join(tmpdir(), 'lambda-lens-prebuild-'));
const out = pathToFileURL(`${join(scratch, 'built')}/`);
const service = new URL(entries.service, out);
beforeAll(() => prebuild(out));
afterAll(() => rmSync(scratch, { recursive: true }));

it('builds a command that runs', async () => {
  const main = join(scratch, 'built', entries.command);
  const { stdout } = await promisify(execFile)(process.execPath, [main, 'serve', '--help']);
  expect(stdout).toContain('run the service on this machine');
});

it('builds a service that runs without compiled code, with its own, and with what is none', async () => {
  expect(loadScript(service).script.cachedDataRejected).toBeUndefined();
  await keepCode(service);
  expect(loadScript(service).script.cachedDataRejected).toBe(false);
  // By another name, since V8 remembers what it has compiled.
  const other = new URL('./other.cjs', out);
  copyFileSync(service, other);
  writeFileSync(codeOf(fileURLToPath(other)), 'none');
  const { script, exports } = loadScript(other);
  expect(script.cachedDataRejected).toBe(true);
  expect(exports.startService).toBeTypeOf('function');
});

it('keeps no code of a service that does not start', async () => {
  const broken = new URL('./broken.cjs', out);
  writeFileSync(broken, '(function () { throw new Error("broken"); })');
  await expect(keepCode(broken)).rejects.toThrow('the service does not start');
});
