import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findChromium, isDocsGeneratorInstalled } from './find-tools.ts';

const site = join(import.meta.dirname, '..', '..', 'docs', 'site');
const run = (script: string) =>
  execFileSync(process.execPath, [script], { cwd: site, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

describe.skipIf(!isDocsGeneratorInstalled)('the documentation as a site', () => {
  it('is built, with the API reference, and every link in it leads somewhere', { timeout: 300_000 }, () => {
    const printed = run('build-site.ts');

    expect(printed).toContain('every link leads somewhere');
    const load = readFileSync(join(site, 'dist/html/api/lambda-lens/functions/load.html'), 'utf8');
    expect(load).toContain('ModelError');
  });

  it.skipIf(findChromium() === undefined)('fits a phone and a desk, is searched, and asks nobody else', () => {
    expect(run('take-screenshots.ts')).toContain('ten pictures');
  });
});
