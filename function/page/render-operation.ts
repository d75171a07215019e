import type { Schema } from '../../facts/schema.ts';
import { type Call, serviceAddress, snippetsFor } from './call-snippets.ts';
import { escapeHtml } from './escape-html.ts';
import { drawTable, typeOf } from './render-schema.ts';

export interface Media {
  readonly schema: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly summary: string; readonly value: unknown }>>;
}

export interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters?: readonly { name: string; in: string; description: string; schema: Schema }[];
  readonly requestBody?: { readonly description?: string; readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { description: string; content?: Readonly<Record<string, Media>> }>>;
}

/** One route: what it takes and answers, how it is called, and a button that calls it here. */
export function renderOperation(
  method: string,
  path: string,
  operation: Operation,
  example: string | undefined,
): string {
  const place = `${method} ${path}`;
  const about = operation.requestBody?.description;
  return `<section class="panel" id="${escapeHtml(operation.operationId)}"><h3><code class="method">${method}</code> <code>${escapeHtml(path)}</code></h3><p>${escapeHtml(operation.summary ?? '')}</p>${renderTry(method, path, example)}${renderParameters(place, operation)}${renderBodies(place, operation)}${about === undefined ? '' : `<p>${escapeHtml(about)}</p>`}${snippetsFor(
    method,
    path,
  )
    .map((call, at) => renderCall(call, `${operation.operationId}-call-${at}`))
    .join('')}${renderResponses(place, operation)}</section>`;
}

function renderParameters(place: string, { parameters = [] }: Operation): string {
  const rows = parameters.map(({ name, description, schema }) => [
    `<code>${escapeHtml(name)}</code>`,
    typeOf(schema),
    schema.default === undefined ? '' : `<code>${escapeHtml(String(schema.default))}</code>`,
    escapeHtml(description),
  ]);
  return drawTable(place, 'Options', ['name', 'may be', 'default', 'meaning'], rows);
}

function renderBodies(place: string, { requestBody }: Operation): string {
  const content = Object.entries(requestBody?.content ?? {});
  const rows = content.map(([type, { schema }]) => [`<code>${escapeHtml(type)}</code>`, typeOf(schema)]);
  const examples = content.flatMap(([type, media]) => renderExamples(`${type}: `, media));
  return drawTable(place, 'Body', ['content-type', 'content'], rows) + drawSamples(examples);
}

function renderResponses(place: string, { responses }: Operation): string {
  const all = Object.entries(responses);
  const rows = all.map(([status, { description, content }]) => [
    `<code>${escapeHtml(status)}</code>`,
    escapeHtml(description),
    Object.values(content ?? {})
      .map(({ schema }) => typeOf(schema))
      .join(', '),
  ]);
  const examples = all.flatMap(([status, { content }]) =>
    Object.values(content ?? {}).flatMap((media) => renderExamples(`${status} `, media)),
  );
  const shown = examples.length === 0 ? '' : `<p class="soft">Examples of answers</p>${drawSamples(examples)}`;
  return drawTable(place, 'Answers', ['status', 'when', 'content'], rows) + shown;
}

function renderExamples(prefix: string, { example, examples = {} }: Media): string[] {
  const all = example === undefined ? Object.values(examples) : [{ summary: nameOf(example), value: example }];
  return all.map(
    ({ summary, value }) =>
      `<details><summary>${escapeHtml(prefix + summary)}</summary><pre tabindex="0">${escapeHtml(typeof value === 'string' ? value : JSON.stringify(value, undefined, 2))}</pre></details>`,
  );
}

function drawSamples(samples: readonly string[]): string {
  return samples.length === 0 ? '' : `<div class="samples">${samples.join('')}</div>`;
}

/** An error is known by its code. */
function nameOf(example: unknown): string {
  const { error } = Object(example) as { error?: { code?: string } };
  return error?.code ?? 'example';
}

/** One of three languages is open at a time, which browsers see to by the common name. */
function renderCall({ title, curl, javaScript, python }: Call, name: string): string {
  const texts = [
    ['curl', curl],
    ['JavaScript', javaScript],
    ['Python', python],
  ] as const;
  const parts = texts.map(
    ([language, text], index) =>
      `<details name="${name}"${index === 0 ? ' open' : ''}><summary>${language}</summary><pre tabindex="0">${markAddress(text)}</pre></details>`,
  );
  return `<div class="calls" id="${name}"><p class="soft">${title}</p>${parts.join('')}</div>`;
}

/** The page's script puts the service's own address there. */
function markAddress(text: string): string {
  return escapeHtml(text).replaceAll(serviceAddress, `<span class="base">${serviceAddress}</span>`);
}

function renderTry(method: string, path: string, example: string | undefined): string {
  const isPhoto = method === 'POST';
  if (isPhoto && example === undefined) return '';
  if (!isPhoto && !['/health', '/health/live', '/openapi.json'].includes(path)) return '';
  const address = path.slice(1);
  const photo = isPhoto ? ` data-photo="examples/${escapeHtml(example ?? '')}"` : '';
  const words = isPhoto ? `Try it with ${escapeHtml(example ?? '')}` : 'Try it';
  return `<div><form class="try"><button class="primary" data-path="${address}"${photo}>${words}</button></form><pre class="answer" role="status" hidden></pre></div>`;
}
