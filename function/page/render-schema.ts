import type { Schema } from '../../facts/schema.ts';
import { escapeHtml } from './escape-html.ts';

/** A schema of the document with its keys, as HTML. */
export function renderSchema(name: string, schema: Schema): string {
  const required = new Set((schema.required as string[] | undefined) ?? []);
  const properties = Object.entries((schema.properties as Record<string, Schema> | undefined) ?? {});
  const about = typeof schema.description === 'string' ? `<p>${escapeHtml(schema.description)}</p>` : '';
  if (properties.length === 0) return `${about}<p>${typeOf(schema)}</p>`;
  const rows = properties.map(([key, property]) => [
    `<code>${escapeHtml(key)}</code>${required.has(key) ? '' : ' (optional)'}`,
    typeOf(property),
    escapeHtml(typeof property.description === 'string' ? property.description : ''),
  ]);
  return about + drawTable(name, '', ['key', 'type', 'meaning'], rows);
}

/** A schema in a few words; another schema's name as a link to it. */
export function typeOf(schema: Schema): string {
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
  const type = [schema.type ?? 'anything', schema.format].filter((part) => part !== undefined).join(', ');
  return escapeHtml(type) + boundsOf(schema);
}

function boundsOf({ minimum, maximum }: Schema): string {
  if (minimum !== undefined && maximum !== undefined) return `, ${String(minimum)} to ${String(maximum)}`;
  return minimum === undefined ? '' : `, from ${String(minimum)}`;
}

/** A table that scrolls by itself; nothing where it would have no row. Cells are HTML. */
export function drawTable(
  place: string,
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  if (rows.length === 0) return '';
  const head = heads.map((name) => `<th scope="col">${name}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('');
  const title = caption === '' ? '' : `<caption>${caption}</caption>`;
  return `<div class="wide" role="region" aria-label="${escapeHtml(`${place}: ${caption || 'keys'}`)}" tabindex="0"><table>${title}<thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
