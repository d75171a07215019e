import { describe, expect, it } from 'vitest';
import { describeApi } from '../../../function/openapi/describe-api.ts';
import { fillFrame, plainFrame } from '../../../function/page/fill-frame.ts';
import { renderDocs } from '../../../function/page/render-docs.ts';
import { readLimits } from '../../../function/settings/limits.ts';

const document = describeApi({ limits: readLimits({}), version: '1.2.3', hasPage: true, hasSecret: false });

describe('the page of the API', () => {
  const html = fillFrame(plainFrame, renderDocs(document, 't-shirt.jpg'));

  it.each(Object.keys(document.paths as object))('tells of %s', (path) => {
    expect(html).toContain(`<code>${path}</code></h3>`);
  });

  it('links nothing on itself that it does not show', () => {
    const links = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id = '']) => id);

    expect(links.length).toBeGreaterThan(20);

    for (const id of links) expect(html).toContain(`id="${id}"`);
  });

  it('has an id no more than once', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id);

    expect(ids).toEqual([...new Set(ids)]);
  });

  it('lists routes and shapes in a table of contents', () => {
    expect(html).toContain('<li><a href="#predict">POST /predict</a></li>');
    expect(html).toContain('<li><a href="#Prediction">Prediction</a></li>');
  });

  it('shows options with their defaults, and sizes in MB', () => {
    expect(html).toContain('<td><code>top</code></td><td>integer, from 1</td><td><code>3</code></td>');
    expect(html).toContain('At most 4.5 MB');
    expect(html).not.toContain('4500000 bytes');
  });

  it.each(['curl', 'JavaScript', 'Python'])('shows how each route is called from %s', (language) => {
    const routes = Object.keys(document.paths as object);
    // POST /predict in three ways, the others in one.
    expect(html.match(new RegExp(`<summary>${language}</summary>`, 'g'))).toHaveLength(routes.length + 2);
  });

  it('offers to try a prediction with an example photo where there is one', () => {
    expect(html).toContain('data-photo="examples/t-shirt.jpg"');
    expect(renderDocs(document).content).not.toContain('data-photo');
  });

  it('shows text as text', () => {
    const hostile = { ...document, info: { title: '<b>', version: '"', description: '<img src=x>' } };

    const page = fillFrame(plainFrame, renderDocs(hostile));

    expect(page).not.toContain('<img');
    expect(page).not.toContain('<b>');
  });
});
