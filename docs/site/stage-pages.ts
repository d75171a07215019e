import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, normalize, posix } from 'node:path';
import { replaceLinks } from './markdown-links.ts';

const pictures = ['.svg', '.png', '.jpg', '.webp'];
const downloads = ['.json'];

/**
 * Copies pages to a directory in a tree like the project's, so that links among them hold. README.md becomes the page of its
 * folder. Pictures and files to download go along; a link to anything else, such as a source, becomes its words.
 */
export function stagePages(pages: readonly string[], projectDirectory: string, content: string): void {
  const known = new Set(pages);
  for (const page of pages) {
    const text = replaceLinks(
      readFileSync(join(projectDirectory, page), 'utf8'),
      ({ isPicture, label, target }, whole) => {
        if (/^(?:[a-z]+:|#)/.test(target)) return whole;
        const [path = '', anchor] = target.split('#');
        const file = posix.join(posix.dirname(page), path);
        const link = (page: string) => `${isPicture ? '!' : ''}[${label}](${toPage(page, anchor)})`;
        if (known.has(file)) return link(path);
        if (known.has(posix.join(file, 'README.md'))) return link(posix.join(path, 'README.md'));
        const place = placeOf(file, content);
        if (place === undefined || !isFile(join(projectDirectory, file))) return label;
        copy(join(projectDirectory, file), place);
        return whole;
      },
    );
    const target = join(content, toPage(page));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

/** Where the site has what the project has at a path. */
export function toPage(path: string, anchor?: string): string {
  const page = path.replace(/(^|\/)README\.md$/, '$1index.md');
  return anchor === undefined ? page : `${page}#${anchor}`;
}

function placeOf(file: string, content: string): string | undefined {
  if (pictures.includes(extname(file))) return join(content, file);
  return downloads.includes(extname(file)) ? join(content, 'public', file) : undefined;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(normalize(to)), { recursive: true });
  copyFileSync(from, to);
}
