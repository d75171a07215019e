import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

/** The links of a built site that lead to no file or no anchor of it: `page → target`. Those to other sites are not looked up. */
export function findBrokenLinks(directory: string): readonly string[] {
  const pages = globSync('**/*.html', { cwd: directory }).map((page) => page.replaceAll('\\', '/'));
  const texts = new Map(pages.map((page) => [page, readFileSync(join(directory, page), 'utf8')]));
  const anchors = new Map([...texts].map(([page, text]) => [page, new Set(attributes(text, 'id'))]));
  const isBroken = (from: string, target: string): boolean => {
    const { pathname, hash } = new URL(target, `http://site/${from}`);
    const path = decodeURIComponent(pathname).slice(1);
    const file = path === '' || path.endsWith('/') ? posix.join(path, 'index.html') : path;
    if (!existsSync(join(directory, file)) || statSync(join(directory, file)).isDirectory()) return true;
    const anchor = decodeURIComponent(hash.slice(1));
    return anchor !== '' && anchors.has(file) && !anchors.get(file)?.has(anchor);
  };
  return [...texts].flatMap(([page, text]) => {
    const targets = [...new Set([...attributes(text, 'href'), ...attributes(text, 'src')])];
    return targets
      .filter((target) => !/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(target) && isBroken(page, target))
      .map((target) => `${page} → ${target}`);
  });
}

function attributes(text: string, name: string): readonly string[] {
  const tags = text
    .replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, '')
    .matchAll(new RegExp(`<[^>]*\\s${name}="([^"]*)"`, 'g'));
  return [...tags].map(([, value = '']) => value.replaceAll('&amp;', '&'));
}
