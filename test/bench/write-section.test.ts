import { expect, it } from 'vitest';
import { replaceSection } from '../../bench/start/write-section.ts';

const text = '# Title\n\nWords.\n\n## One\n\n| a |\n\n## Two\n\nold\n';

it('puts a section in the place of the one of the same heading', () => {
  expect(replaceSection(text, '## One\n\nnew\n')).toBe('# Title\n\nWords.\n\n## One\n\nnew\n\n## Two\n\nold\n');
});

it('adds a section that was not there at the end', () => {
  expect(replaceSection(text, '## Three\n\nnew')).toBe(`${text}\n## Three\n\nnew\n`);
});
