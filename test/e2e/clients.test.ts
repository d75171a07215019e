import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeApi } from '../../function/openapi/describe-api.ts';
import { readLimits } from '../../function/settings/limits.ts';
import { findPython } from './find-tools.ts';

const python = findPython();
const project = join(import.meta.dirname, '..', '..');
const openApiTypeScript = 'openapi-typescript@7.13.0';

/** What a program does with each item of an answer: the error or the label, told apart by the compiler. */
const use = `import type { components, paths } from './client.ts';
type Item = components['schemas']['Predictions']['items'][number];
export const describe = (item: Item): string => ('error' in item ? item.error.code : item.label);
export type Answer = paths['/predict']['post']['responses'][200]['content']['application/json'];
`;

describe('clients generated from the OpenAPI document', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clients-'));
  const document = join(folder, 'openapi.json');

  beforeAll(() => {
    const facts = { limits: readLimits({}), version: '1.2.3', hasPage: true, hasSecret: true };
    writeFileSync(document, JSON.stringify(describeApi(facts)));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('compile in TypeScript, answers and errors of items told apart', () => {
    writeFileSync(join(folder, 'use.ts'), use);
    execFileSync('npx', ['--yes', openApiTypeScript, document, '--output', join(folder, 'client.ts')], { cwd: folder });

    const options = ['--strict', '--noEmit', '--allowImportingTsExtensions', '--module', 'esnext'];
    const moduleOptions = ['--moduleResolution', 'bundler', '--target', 'es2024'];
    const compile = () =>
      execFileSync(join(project, 'node_modules', '.bin', 'tsc'), [...options, ...moduleOptions, 'use.ts'], {
        cwd: folder,
        encoding: 'utf8',
      });

    expect(compile()).toBe('');
  }, 120_000);

  it.skipIf(python === undefined)(
    'compile in Python, without a warning of generator or compiler',
    () => {
      const environment = join(folder, 'python');
      const bin = join(environment, 'bin');
      const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
      const clients = join(import.meta.dirname, 'clients');
      execFileSync(python ?? '', ['-m', 'venv', environment]);
      execFileSync(join(bin, 'pip'), ['install', '--quiet', '--requirement', join(clients, 'requirements.txt')]);

      const config = ['--config', join(clients, 'openapi-python-client.yaml'), '--meta', 'none', '--fail-on-warning'];
      const words = ['generate', '--path', document, '--output-path', join(folder, 'client'), ...config];
      execFileSync(join(bin, 'openapi-python-client'), words, { env });
      const program =
        'from client.models import Prediction, PhotoSources; from client.api.default import predict; print(predict.sync.__name__)';

      const run = (args: string[]) =>
        execFileSync(join(bin, 'python'), ['-W', 'error', ...args], { cwd: folder, encoding: 'utf8' });

      expect(run(['-m', 'compileall', '-q', 'client'])).toBe('');
      expect(run(['-c', program]).trim()).toBe('sync');
    },
    240_000,
  );
});
