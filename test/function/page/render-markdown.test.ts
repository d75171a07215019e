import { expect, it } from 'vitest';
import { renderMarkdown } from '../../../function/page/render-markdown.ts';

it.each([
  ['a heading, one level lower', '# Title', '<h2>Title</h2>'],
  ['a paragraph of several lines', 'one\ntwo', '<p>one two</p>'],
  ['a list', '- a\n- b\n  more', '<ul><li>a</li><li>b more</li></ul>'],
  ['code and bold', '**not** `x < 1`', '<p><strong>not</strong> <code>x &#60; 1</code></p>'],
  ['a link', '[CC0](https://example.org/a)', '<p><a href="https://example.org/a">CC0</a></p>'],
  ['a link to a file that is not there as its words', 'see [NOTICE](../NOTICE)', '<p>see NOTICE</p>'],
  ['no other address', '[x](javascript:alert)', '<p>x</p>'],
  ['HTML as text', '<img onerror=x>', '<p>&#60;img onerror=x&#62;</p>'],
])('shows %s', (_what, markdown, html) => {
  expect(renderMarkdown(markdown)).toBe(html);
});
