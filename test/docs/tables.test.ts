import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawSettings, drawUsefulSettings } from '../../docs/tables/draw-settings.ts';
import { generatedTexts, putIn } from '../../docs/tables/generated-texts.ts';
import { functionSettings } from '../../facts/function-settings.ts';
import { serverSettings } from '../../facts/server-settings.ts';
import { variableOf } from '../../facts/setting.ts';
import { stackSettings } from '../../facts/stack-settings.ts';

const settings = drawSettings();
const variables = Object.entries({ ...functionSettings, ...serverSettings });

describe('npm run docs:tables', () => {
  it.each(generatedTexts)('has been run since the facts in $file changed', (text) => {
    const content = readFileSync(new URL(`../../${text.file}`, import.meta.url), 'utf8');

    expect(putIn(content, text)).toBe(content);
  });

  it.each(Object.entries(stackSettings))('documents the key %s', (name, { sentence }) => {
    expect(settings).toMatch(new RegExp(`^\\| \`${name}\` \\| `, 'm'));
    expect(settings).toContain(` | ${sentence} |`);
  });

  it.each(variables)('documents the variable of %s', (name, { sentence }) => {
    expect(settings).toMatch(new RegExp(`^\\| \`${variableOf(name)}\` \\| `, 'm'));
    expect(settings).toContain(` | ${sentence} |`);
  });

  it('gives the README ten rows of them, whole', () => {
    const rows = drawUsefulSettings().split('\n').slice(2);

    expect(rows).toHaveLength(10);

    for (const row of rows) expect(settings).toContain(row);
  });

  it('refuses a file without the marks', () => {
    const text = { file: 'a.md', between: ['<!-- a -->', '<!-- /a -->'], draw: () => '' } as const;

    expect(() => putIn('nothing here', text)).toThrow('a.md has no <!-- a -->.');
  });
});
