import type { Schema } from '../../facts/schema.ts';
import { docsStyle } from './docs-style.ts';

interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly { name: string; in: string; description: string; schema: Schema }[];
  readonly requestBody?: { readonly description?: string; readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { description: string; content?: Readonly<Record<string, Media>> }>>;
}

interface Media {
  readonly schema: Schema;
}

interface Description {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** An OpenAPI 3.1 document, so far as this service's own uses it, as one HTML page without script or outside request. */
export function renderDocs(document: Schema): string {
  const { info, paths, components } = document as unknown as Description;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => renderOperation(method.toUpperCase(), path, operation)),
  );
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) =>
      `<section id="${escapeHtml(name)}"><h3>${escapeHtml(name)}</h3>${renderSchema(name, schema)}</section>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(info.title)}: the API</title><style>${docsStyle}</style></head><body><header><h1>${escapeHtml(info.title)} ${escapeHtml(info.version)}</h1><p>${escapeHtml(info.description)} <a href=".">Try it on the page</a>, or read the same as <a href="openapi.json">openapi.json</a>.</p></header><main><h2>Routes</h2>${operations.join('')}<h2>What goes in and out</h2>${schemas.join('')}</main></body></html>`;
}

function renderOperation(method: string, path: string, operation: Operation): string {
  const parameters = (operation.parameters ?? []).map(({ name, description, schema }) => [
    `<code>${escapeHtml(name)}</code>`,
    typeOf(schema),
    escapeHtml(description),
  ]);
  const bodies = Object.entries(operation.requestBody?.content ?? {}).map(([type, { schema }]) => [
    `<code>${escapeHtml(type)}</code>`,
    typeOf(schema),
  ]);
  const responses = Object.entries(operation.responses).map(([status, { description, content }]) => [
    `<code>${escapeHtml(status)}</code>`,
    escapeHtml(description),
    Object.values(content ?? {})
      .map(({ schema }) => typeOf(schema))
      .join(', '),
  ]);
  const place = `${method} ${path}`;
  const about = operation.requestBody?.description;
  return `<section><h3><code class="method">${method}</code> <code>${escapeHtml(path)}</code></h3><p>${escapeHtml(operation.summary ?? '')}</p>${table(
    place,
    'Options',
    ['name', 'type', 'meaning'],
    parameters,
  )}${table(place, 'Body', ['content-type', 'content'], bodies)}${about === undefined ? '' : `<p>${escapeHtml(about)}</p>`}${table(place, 'Answers', ['status', 'when', 'content'], responses)}</section>`;
}

function renderSchema(name: string, schema: Schema): string {
  const required = new Set((schema.required as string[] | undefined) ?? []);
  const properties = Object.entries((schema.properties as Record<string, Schema> | undefined) ?? {});
  const about = typeof schema.description === 'string' ? `<p>${escapeHtml(schema.description)}</p>` : '';
  if (properties.length === 0) return `${about}<p>${typeOf(schema)}</p>`;
  const rows = properties.map(([key, property]) => [
    `<code>${escapeHtml(key)}</code>${required.has(key) ? '' : ' (optional)'}`,
    typeOf(property),
    escapeHtml(typeof property.description === 'string' ? property.description : ''),
  ]);
  return about + table(name, '', ['key', 'type', 'meaning'], rows);
}

/** A schema in a few words; another schema's name as a link to it. */
function typeOf(schema: Schema): string {
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
    return `<a href="#${escapeHtml(name)}">${escapeHtml(name)}</a>`;
  }
  const alternatives = (schema.oneOf ?? schema.anyOf) as Schema[] | undefined;
  if (alternatives !== undefined) return alternatives.map(typeOf).join(' or ');
  if (Array.isArray(schema.enum))
    return schema.enum.map((value) => `<code>${escapeHtml(String(value))}</code>`).join(' or ');
  if (schema.const !== undefined) return `<code>${escapeHtml(String(schema.const))}</code>`;
  if (schema.type === 'array') return `list of ${typeOf((schema.items as Schema | undefined) ?? {})}`;
  const inner = Object.entries((schema.properties as Record<string, Schema> | undefined) ?? {});
  if (inner.length > 0)
    return `{ ${inner.map(([name, property]) => `${escapeHtml(name)}: ${typeOf(property)}`).join(', ')} }`;
  return escapeHtml([schema.type ?? 'anything', schema.format].filter((part) => part !== undefined).join(', '));
}

function table(place: string, caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const head = heads.map((name) => `<th scope="col">${name}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('');
  const title = caption === '' ? '' : `<caption>${caption}</caption>`;
  return `<div class="wide" role="region" aria-label="${escapeHtml(`${place}: ${caption || 'keys'}`)}" tabindex="0"><table>${title}<thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
