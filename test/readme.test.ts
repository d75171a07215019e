import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { statusByCode } from '../facts/error-codes.ts';
import { describeApi } from '../function/openapi/describe-api.ts';
import { readLimits } from '../function/settings/limits.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const readme = read('README.md');

describe('the README', () => {
  it.each(Object.entries(statusByCode))('tells when the code %s comes, with status %i', (code, status) => {
    expect(readme).toMatch(new RegExp(`^\\| ${status} \\| \`${code}\` \\| .{10,} \\|$`, 'm'));
  });

  it('names every route of the HTTP interface', () => {
    const api = describeApi({ limits: readLimits({}), version: '1', hasPage: true, hasSecret: false });
    for (const [path, methods] of Object.entries(api.paths as object)) {
      for (const method of Object.keys(methods)) expect(readme).toContain(`\`${method.toUpperCase()} ${path}\``);
    }
  });

  it('names no command that is not there', () => {
    const named = new Set([...readme.matchAll(/lambda-lens ([a-z]+)\b/g)].map(([, command]) => command));
    const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
    const prose = new Set(['with', 'dist']);
    for (const command of named) {
      if (!prose.has(command as string))
        expect(existsSync(new URL(`../cli/commands/${command}.ts`, import.meta.url)), command).toBe(true);
    }
    for (const [, script = ''] of readme.matchAll(/npm run ([\w:]+)/g)) expect(scripts).toContain(script);
  });

  it('links no file that is not there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path = '']) => path);

    expect(links.length).toBeGreaterThan(4);

    for (const path of links) expect(existsSync(new URL(`../${path}`, import.meta.url)), path).toBe(true);
  });
});
