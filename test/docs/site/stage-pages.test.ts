import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { stagePages } from '../../../docs/site/stage-pages.ts';

const files = {
  'README.md':
    '[guide](docs/guide.md#a) [folder](docs) [code](src/a.ts) ![picture](a.svg) [data](b.json) [web](https://x.example)',
  'docs/README.md': '[up](../README.md) [here](#here)',
  'docs/guide.md': '# A',
  'src/a.ts': '',
  'a.svg': '<svg/>',
  'b.json': '{}',
};

it('keeps links among pages, takes pictures and data along, and leaves the words of all else', () => {
  const directory = mkdtempSync(join(tmpdir(), 'pages-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
  const content = join(directory, 'content');

  stagePages(['README.md', 'docs/README.md', 'docs/guide.md'], directory, content);

  const staged = (file: string) => readFileSync(join(content, file), 'utf8');
  expect(staged('index.md')).toBe(
    '[guide](docs/guide.md#a) [folder](docs/index.md) code ![picture](a.svg) [data](b.json) [web](https://x.example)',
  );
  expect(staged('docs/index.md')).toBe('[up](../index.md) [here](#here)');
  expect(staged('a.svg')).toBe('<svg/>');
  expect(existsSync(join(content, 'public', 'b.json'))).toBe(true);
  expect(existsSync(join(content, 'src'))).toBe(false);
});
