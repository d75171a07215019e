import { escapeHtml } from './escape-html.ts';

/**
 * The Markdown that an about.md is written in, as HTML: headings (one level lower, since the page has its own), paragraphs,
 * lists of one level, and within them `code`, **bold** and links to https addresses. All else stands there as text.
 */
export function renderMarkdown(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .map(renderBlock)
    .join('');
}

function renderBlock(block: string): string {
  const [, marks, heading] = /^(#{1,4}) +(.+)$/.exec(block) ?? [];
  if (marks !== undefined && heading !== undefined) {
    const level = Math.min(marks.length + 1, 4);
    return `<h${level}>${renderInline(heading)}</h${level}>`;
  }
  if (/^[-*] /.test(block)) {
    const items = block.split(/\n(?=[-*] )/).map((item) => `<li>${renderInline(item.slice(2))}</li>`);
    return `<ul>${items.join('')}</ul>`;
  }
  return `<p>${renderInline(block)}</p>`;
}

function renderInline(text: string): string {
  return escapeHtml(text.replace(/\s*\n\s*/g, ' '))
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\[([^\]]+)\]\((https:\/\/[^\s()]+)\)/g, '<a href="$2">$1</a>')
    .replace(/\[([^\]]+)\]\([^\s()]+\)/g, '$1');
}
