import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawSidebar, type SidebarItem } from '../../../docs/site/draw-sidebar.ts';
import { listPages, projectDirectory } from '../../../docs/site/list-pages.ts';
import { findAnchors, replaceLinks } from '../../../docs/site/markdown-links.ts';

const pages = listPages();
const read = (page: string) => readFileSync(join(projectDirectory, page), 'utf8');

function findTargets(page: string): readonly string[] {
  const targets: string[] = [];
  replaceLinks(read(page), ({ target }, whole) => {
    if (!/^[a-z]+:/.test(target)) targets.push(target);
    return whole;
  });
  return targets;
}

describe('the pages of the documentation', () => {
  it.each(pages)('%s links no file and no anchor that is not there', (page) => {
    const broken = findTargets(page).filter((target) => {
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : posix.join(posix.dirname(page), path);
      if (!existsSync(join(projectDirectory, file))) return true;
      return anchor !== undefined && file.endsWith('.md') && !findAnchors(read(file)).has(anchor);
    });

    expect(broken).toEqual([]);
  });

  it('are all in the sidebar, once', () => {
    const linksOf = (item: SidebarItem): readonly string[] => [
      ...(item.link === undefined ? [] : [item.link]),
      ...(item.items ?? []).flatMap(linksOf),
    ];

    const links = drawSidebar(pages, read).flatMap(linksOf);

    expect(new Set(links).size).toBe(links.length);
    // The page of docs/ itself is a list of the others, and README.md is the first page.
    expect(links).toHaveLength(pages.length - 2);
  });

  it('have a place in the sidebar when a folder of them comes to be', () => {
    const texts: Readonly<Record<string, string>> = {
      'docs/README.md': '[One](one.md) and [lessons](lessons/README.md)',
      'docs/one.md': '# One',
      'docs/lessons/README.md': '# Lessons',
      'docs/lessons/01-first.md': '# The `first`',
    };

    const sidebar = drawSidebar(Object.keys(texts), (page) => texts[page] ?? '');

    expect(sidebar.slice(0, 2)).toEqual([
      { text: 'Guide', items: [{ text: 'One', link: '/docs/one.html' }] },
      {
        text: 'Lessons',
        link: '/docs/lessons/',
        collapsed: true,
        items: [{ text: 'The first', link: '/docs/lessons/01-first.html' }],
      },
    ]);
  });
});
