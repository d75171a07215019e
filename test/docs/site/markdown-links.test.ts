import { describe, expect, it } from 'vitest';
import { githubSlug } from '../../../docs/site/github-slug.ts';
import { findAnchors, replaceLinks } from '../../../docs/site/markdown-links.ts';

describe('links of a Markdown text', () => {
  it('are found over the end of a line, with pictures, and not in fenced code', () => {
    const text = 'See [the\npage](a.md#b) and ![a picture](c.svg).\n\n```\n[no](link.md)\n```\n[`code`](d.md)\n';
    const found: string[] = [];

    replaceLinks(text, ({ isPicture, label, target }, whole) => {
      found.push(`${isPicture ? 'picture' : 'link'} ${label.replace('\n', ' ')}: ${target}`);
      return whole;
    });

    expect(found).toEqual(['link the page: a.md#b', 'picture a picture: c.svg', 'link `code`: d.md']);
  });

  it('are replaced, and all else stays', () => {
    const text = '# A\n\n~~~\n[x](y)\n~~~\n\n[x](y) z\n';

    expect(replaceLinks(text, ({ label }) => label)).toBe('# A\n\n~~~\n[x](y)\n~~~\n\nx z\n');
  });
});

it.each([
  ['Limits', 'limits'],
  ['From Python, Go, C#, Java or YAML', 'from-python-go-c-java-or-yaml'],
  ["AWS's own base image, and the emulator", 'awss-own-base-image-and-the-emulator'],
  ['S3 → answer', 's3--answer'],
])('the anchor of "%s" is %s, as on GitHub', (heading, slug) => {
  expect(githubSlug(heading)).toBe(slug);
});

it('an anchor that comes again has a number; a comment in code is no heading', () => {
  const anchors = findAnchors('# A `b`\n## Same\n```\n# not this\n```\n## Same\n');

  expect([...anchors]).toEqual(['a-b', 'same', 'same-1']);
});
