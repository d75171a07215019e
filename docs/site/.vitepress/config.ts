import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { githubSlug } from '../github-slug.ts';

/** What is used of markdown-it here. */
interface Markdown {
  readonly renderer: { readonly rules: Record<'code_block' | 'fence', ((...parts: unknown[]) => string) | undefined> };
}

const sidebar = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'dist', 'sidebar.json'), 'utf8'));

// biome-ignore lint/style/noDefaultExport: how VitePress takes its configuration
export default {
  title: 'lambda-lens',
  description: 'An image classifier behind an HTTPS endpoint on AWS Lambda',
  srcDir: 'dist/content',
  outDir: 'dist/html',
  cacheDir: 'dist/cache',
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  markdown: {
    anchor: { slugify: githubSlug },
    // Code that is indented looks like code between fences, and scrolls like it.
    config({ renderer: { rules } }: Markdown) {
      rules.code_block = (...parts) => rules.fence?.(...parts) ?? '';
    },
  },
  themeConfig: {
    nav: [
      { text: 'Learn', link: '/docs/learn/' },
      { text: 'HTTP', link: '/docs/http.html' },
      { text: 'API', link: '/api/' },
    ],
    sidebar,
    outline: [2, 3],
    search: { provider: 'local' },
  },
};
