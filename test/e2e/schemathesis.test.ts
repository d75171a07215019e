import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spawnCli } from '../cli/run-cli.ts';
import { writeTinyModel } from '../helpers/tiny-model.ts';
import { findPython } from './find-tools.ts';

const python = findPython();
const requirements = fileURLToPath(new URL('schemathesis.requirements.txt', import.meta.url));
const secret = 'open-sesame';

/** Its "positive" photos are random bytes, which the service has every right to refuse. */
const options = ['--exclude-checks', 'positive_data_acceptance', '--max-examples', '50', '--seed', '1', '--no-color'];

describe.skipIf(python === undefined)('schemathesis, against the service and its own description', () => {
  const folder = mkdtempSync(join(tmpdir(), 'schemathesis-'));
  const model = writeTinyModel();
  const schemathesis = join(folder, 'bin', 'schemathesis');

  beforeAll(() => {
    execFileSync(python ?? '', ['-m', 'venv', folder]);
    execFileSync(join(folder, 'bin', 'pip'), ['install', '--quiet', '--requirement', requirements]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['open to everyone', {}, []],
    ['with a secret', { API_SECRET: secret }, ['--header', `x-api-key:${secret}`]],
  ])(
    'finds no 5xx and no answer that is not described, %s',
    async (_case, environment, more) => {
      // Without a network of its own: random URLs would lead anywhere.
      const service = spawnCli(['serve', '--port', '0', '--model', model], { ...environment, PHOTO_URL: 'off' });
      try {
        const [ready] = (await once(createInterface(service.stdout), 'line')) as [string];
        const port = /localhost:(\d+)/.exec(ready)?.[1];
        const words = ['run', `http://127.0.0.1:${port}/openapi.json`, ...options, ...more];
        const env = { ...process.env, SCHEMATHESIS_HOOKS: 'schemathesis_hooks', PYTHONPATH: import.meta.dirname };
        const run = spawn(schemathesis, words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
        const closed = once(run, 'close');
        const report = await text(run.stdout);
        const [code] = await closed;
        expect(code, report).toBe(0);
        expect(report).toMatch(/Operations: +(\d+) selected \/ \1 total/);
      } finally {
        service.kill();
      }
    },
    300_000,
  );
});
