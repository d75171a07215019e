// Puts into dist/content what the generator reads: the project's pages, and the API reference made from the library's types.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { drawSidebar, type SidebarItem } from './draw-sidebar.ts';
import { listPages, projectDirectory } from './list-pages.ts';
import { stagePages } from './stage-pages.ts';

const dist = join(import.meta.dirname, 'dist');
const content = join(dist, 'content');
rmSync(dist, { recursive: true, force: true });
mkdirSync(content, { recursive: true });
const pages = listPages();
stagePages(pages, projectDirectory, content);
const typedoc = join(import.meta.dirname, 'node_modules', 'typedoc', 'bin', 'typedoc');
const { status } = spawnSync(process.execPath, [typedoc], { cwd: import.meta.dirname, stdio: 'inherit' });
if (status !== 0) throw new Error('The API reference could not be made: see above.');

const sidebar = [...drawSidebar(pages, (page) => readFileSync(join(projectDirectory, page), 'utf8')), drawApi()];
writeFileSync(join(dist, 'sidebar.json'), JSON.stringify(sidebar, undefined, 2));

/** A group for each module, an item for each of its exports. */
function drawApi(): SidebarItem {
  const files = globSync('api/*/**/*.md', { cwd: content }).map((file) => file.replaceAll('\\', '/'));
  const modules = [...new Set(files.map((file) => file.split('/')[1] ?? ''))].sort();
  return {
    text: 'API',
    link: '/api/',
    collapsed: true,
    items: modules.map((name) => ({
      text: name === 'pulumi' ? 'lambda-lens/pulumi' : name,
      collapsed: true,
      items: files
        .filter((file) => file.startsWith(`api/${name}/`) && !file.endsWith('/index.md'))
        .sort()
        .map((file) => ({ text: basename(file, '.md'), link: `/${file.replace(/md$/, 'html')}` })),
    })),
  };
}
