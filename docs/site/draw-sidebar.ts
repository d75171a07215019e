import { posix } from 'node:path';
import { replaceLinks } from './markdown-links.ts';
import { toPage } from './stage-pages.ts';

export interface SidebarItem {
  readonly text: string;
  readonly link?: string;
  readonly collapsed?: boolean;
  readonly items?: readonly SidebarItem[];
}

/**
 * The site's sidebar: what docs/README.md links, in its order, then each folder of docs/ with all that is in it, then all other pages. A page
 * or a folder that comes to be has its place without being named anywhere.
 * @param pages relative to the project
 * @param read the text of a page
 */
export function drawSidebar(pages: readonly string[], read: (page: string) => string): readonly SidebarItem[] {
  const item = (page: string): SidebarItem => ({ text: titleOf(page, read(page)), link: linkOf(page) });
  const linked = findLinked('docs/README.md', read);
  const folders = new Set([...linked, ...pages].flatMap((page) => /^docs\/([^/]+)\//.exec(page)?.[1] ?? []));
  const first = linked.filter((page) => pages.includes(page) && !/^docs\/.+\//.test(page));
  const others = pages.filter(
    (page) => /^docs\/[^/]+$/.test(page) && page !== 'docs/README.md' && !first.includes(page),
  );
  const groups = [...folders].map((folder) => drawFolder(`docs/${folder}/`, pages, item));
  const rest = pages.filter((page) => !page.startsWith('docs/') && page !== 'README.md' && !first.includes(page));
  const reports = rest.filter((page) => page.startsWith('bench/'));
  return [
    { text: 'Guide', items: [...first, ...others].map(item) },
    ...groups,
    { text: 'Project', collapsed: true, items: rest.filter((page) => !reports.includes(page)).map(item) },
    { text: 'Measurements', collapsed: true, items: reports.map(item) },
  ];
}

function drawFolder(folder: string, pages: readonly string[], item: (page: string) => SidebarItem): SidebarItem {
  const within = pages.filter((page) => page.startsWith(folder));
  const index = within.find((page) => page === `${folder}README.md`);
  const name = posix.basename(folder).replace(/^./, (letter) => letter.toUpperCase());
  const group = index === undefined ? { text: name } : item(index);
  return { ...group, collapsed: true, items: within.filter((page) => page !== index).map(item) };
}

function findLinked(page: string, read: (page: string) => string): readonly string[] {
  const linked: string[] = [];
  replaceLinks(read(page), ({ target }, whole) => {
    linked.push(posix.join(posix.dirname(page), target.replace(/#.*/, '')));
    return whole;
  });
  return [...new Set(linked)];
}

function titleOf(page: string, text: string): string {
  const [, heading] = /^# +(.+)$/m.exec(text) ?? [];
  return heading?.replaceAll('`', '') ?? posix.basename(page, '.md').replaceAll('-', ' ');
}

function linkOf(page: string): string {
  return `/${toPage(page)
    .replace(/(^|\/)index\.md$/, '$1')
    .replace(/\.md$/, '.html')}`;
}
