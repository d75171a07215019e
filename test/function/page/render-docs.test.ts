import { describe, expect, it } from 'vitest';
import { describeApi } from '../../../function/openapi/describe-api.ts';
import { renderDocs } from '../../../function/page/render-docs.ts';
import { readLimits } from '../../../function/settings/limits.ts';

const document = describeApi({ limits: readLimits({}), version: '1.2.3', hasPage: true, hasSecret: false });

describe('the page of the API', () => {
  const html = renderDocs(document);

  it.each(Object.keys(document.paths as object))('tells of %s', (path) => {
    expect(html).toContain(`<code>${path}</code></h3>`);
  });

  it('links every schema that it names to one that it shows', () => {
    const links = [...html.matchAll(/href="#([^"]+)"/g)].map(([, name]) => name);

    expect(links.length).toBeGreaterThan(5);

    for (const name of links) expect(html).toContain(`<section id="${name}">`);
  });

  it('shows the one value that a field may have', () => {
    const properties = { kind: { const: 'one-of-a-kind' } };
    const fixed = { ...document, components: { schemas: { Fixed: { type: 'object', properties } } } };

    expect(renderDocs(fixed)).toContain('<code>one-of-a-kind</code>');
  });

  it('asks nobody and runs nothing', () => {
    expect(html).not.toMatch(/<script|src=|https?:/);
  });

  it('shows markup in a description as text', () => {
    const hostile = { ...document, info: { title: '<img onerror=x>', version: '1', description: '"&' } };

    expect(renderDocs(hostile)).not.toContain('<img');
    expect(renderDocs(hostile)).toContain('&#60;img onerror=x&#62;');
  });
});
