import type { Schema } from '../../facts/schema.ts';
import { escapeHtml } from './escape-html.ts';
import type { Sheet } from './fill-frame.ts';
import { type Operation, renderOperation } from './render-operation.ts';
import { renderSchema } from './render-schema.ts';

interface Description {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/**
 * An OpenAPI 3.1 document, so far as this service's own uses it, as a page.
 * @param example a photo below `examples/` to try the service with; undefined where there is none
 */
export function renderDocs(document: Schema, example?: string): Sheet {
  const { info, paths, components } = document as unknown as Description;
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const schemas = Object.entries(components.schemas);
  const sections = routes.map(({ path, method, operation }) => renderOperation(method, path, operation, example));
  const shapes = schemas.map(
    ([name, schema]) =>
      `<section class="panel" id="${escapeHtml(name)}"><h3>${escapeHtml(name)}</h3>${renderSchema(name, schema)}</section>`,
  );
  return {
    title: `${info.title}: the API`,
    path: 'docs',
    contents: [
      ...routes.map(({ path, method, operation }) => [operation.operationId, `${method} ${path}`] as const),
      ...schemas.map(([name]) => [name, name] as const),
    ],
    content: `<h1>The API</h1><p>${escapeHtml(info.description)} <span class="soft">${escapeHtml(info.title)} ${escapeHtml(info.version)}.</span> The same for programs: <a href="openapi.json">openapi.json</a>, from which clients are generated.</p><h2>Routes</h2>${sections.join('')}<h2>What goes in and out</h2>${shapes.join('')}`,
  };
}
