import { isJsonObject } from '../../facts/json-object.ts';
import { parseJson } from '../../files/parse-json.ts';
import { badLabels } from './bad-labels.ts';
import { type NamedLabel, tellApart } from './tell-apart.ts';

/**
 * Labels as people have them: one a line, with or without its number before or after it (Teachable Machine's `0 Flask`,
 * CSV) or WordNet's before it; a JSON list; a JSON object by label (Keras's `class_indices`) or by number
 * (`imagenet_class_index.json`); a list in an object (Teachable Machine's `metadata.json`); the same of Python. A label that
 * comes twice, as ImageNet's "crane" does, is told apart. Throws an ImportError; `name` is the file's, for its words.
 */
export function parseLabels(name: string, text: string): string[] {
  const isData = /^\s*[[{]/.test(text);
  if (!isData) return tellApart(parseLines(text));
  const python = parsePythonTable(text);
  return tellApart(python ?? parseValue(name, parse(name, text)));
}

/** The keys under which an object holds its list. */
const listKeys = ['labels', 'id2label', 'class_names', 'classes', 'names', 'categories'] as const;

function parseValue(name: string, json: unknown): NamedLabel[] {
  const labels = Array.isArray(json) ? parseList(json) : isJsonObject(json) ? parseTable(name, json) : undefined;
  if (labels === undefined) throw badLabels(name, 'it is neither a list of labels nor a table from label to number');
  return labels;
}

/** Texts, pairs of WordNet's number and a text, or objects that have a name. */
function parseList(list: readonly unknown[]): NamedLabel[] | undefined {
  const labels = list.map(toLabel);
  return labels.every((label): label is NamedLabel => label !== undefined) ? labels : undefined;
}

function toLabel(value: unknown): NamedLabel | undefined {
  if (typeof value === 'string') return { label: value.trim() };
  if (Array.isArray(value)) {
    const [id, label] = value;
    return typeof id === 'string' && typeof label === 'string' ? { label: label.trim(), id } : undefined;
  }
  if (!isJsonObject(value)) return undefined;
  const label = value.name ?? value.label;
  return typeof label === 'string' ? { label: label.trim() } : undefined;
}

function parseTable(name: string, table: Readonly<Record<string, unknown>>): NamedLabel[] | undefined {
  const key = listKeys.find((one) => typeof table[one] === 'object' && table[one] !== null);
  if (key !== undefined) return parseValue(name, table[key]);
  const entries = Object.entries(table);
  const byLabel = entries.every(([, index]) => Number.isInteger(index));
  const numbered = entries.map(([word, value]) =>
    byLabel ? { index: value as number, label: { label: word } } : { index: Number(word), label: toLabel(value) },
  );
  const isNumbered = byLabel || entries.every(([word]) => /^\d+$/.test(word));
  if (!isNumbered || numbered.some(({ label }) => label === undefined)) return undefined;
  numbered.sort((a, b) => a.index - b.index);
  if (numbered.some(({ index }, at) => index !== at)) throw badLabels(name, 'its numbers are not 0, 1, 2 and so on');
  return numbered.map(({ label }) => label as NamedLabel);
}

/** `{0: 'tench', 1: "goldfish"}`, which is no JSON: undefined for anything else. */
function parsePythonTable(text: string): NamedLabel[] | undefined {
  if (!/^\s*\{\s*\d+\s*:/.test(text)) return undefined;
  const entries = [...text.matchAll(/(\d+)\s*:\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g)];
  const isOrdered = entries.every(([, index], at) => Number(index) === at);
  if (!isOrdered) return undefined;
  return entries.map(([, , single, double]) => ({ label: (single ?? double ?? '').replace(/\\(.)/g, '$1').trim() }));
}

const numberings = [/^(?<index>\d+)\s*[,;:\t ]\s*(?<label>.+)$/, /^(?<label>.+?)\s*[,;:\t]\s*(?<index>\d+)$/];
const wordNetFirst = /^(n\d{8})[,\s]+(.+)$/;

function parseLines(text: string): NamedLabel[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
  const [, ...withoutHeading] = lines;
  const numbered = [lines, withoutHeading].map((some) => readNumbered(some)).find((labels) => labels !== undefined);
  if (numbered !== undefined) return numbered.map((label) => ({ label: unquote(label) }));
  const byWordNet = lines.map((line) => wordNetFirst.exec(line));
  if (byWordNet.every((match) => match !== null)) {
    return byWordNet.map(([, id, label]) => ({ label: unquote(label as string), id: id as string }));
  }
  return lines.map((line) => ({ label: unquote(line) }));
}

/** Lines that all have a number, which count from 0 or 1 in some order; undefined for others, such as "3 apples". */
function readNumbered(lines: readonly string[]): string[] | undefined {
  for (const numbering of numberings) {
    const found = lines.map((line) => numbering.exec(line)?.groups);
    if (lines.length === 0 || !found.every((groups) => groups !== undefined)) continue;
    const sorted = found.toSorted((a, b) => Number(a.index) - Number(b.index));
    const first = Number(sorted[0]?.index);
    if (first > 1 || sorted.some(({ index }, at) => Number(index) !== at + first)) continue;
    return sorted.map(({ label }) => (label as string).trim());
  }
  return undefined;
}

/** As CSV quotes a field. */
function unquote(text: string): string {
  const inner = /^"(.*)"$/.exec(text)?.[1];
  return inner === undefined ? text : inner.replaceAll('""', '"').trim();
}

function parse(name: string, text: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw badLabels(name, 'it is not JSON', cause);
  }
}
