import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openStackFile } from '../../../cli/operate/stack-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'stack-file-'));
afterAll(() => rmSync(folder, { recursive: true }));
const read = (stack: string) => readFileSync(join(folder, `Pulumi.${stack}.yaml`), 'utf8');

const text = `config:
  aws:region: eu-west-1
  # Why it is public.
  lambda-lens:functionUrl: public # for trying
encryptionsalt: v1:abc
`;

it('changes the named settings and leaves comments, order and the rest as they are', async () => {
  writeFileSync(join(folder, 'Pulumi.dev.yaml'), text);
  const file = await openStackFile(folder, 'dev');

  await file.write({ liveVersion: 3 });

  expect(read('dev')).toBe(text.replace('encryptionsalt', '  lambda-lens:liveVersion: 3\nencryptionsalt'));
  expect(file.get('functionUrl')).toBe('public');

  await file.write({ liveVersion: undefined });

  expect(read('dev')).toBe(text);
});

it('makes a file that is not there yet', async () => {
  const file = await openStackFile(folder, 'new');

  expect(file.get('liveVersion')).toBeUndefined();

  await file.write({ liveVersion: 3 });

  expect(read('new')).toBe('config:\n  lambda-lens:liveVersion: 3\n');
});

it('refuses a file that is no YAML', async () => {
  writeFileSync(join(folder, 'Pulumi.broken.yaml'), 'config: [unclosed');

  await expect(openStackFile(folder, 'broken')).rejects.toThrow('Pulumi.broken.yaml cannot be read');
});
