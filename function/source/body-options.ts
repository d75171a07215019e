import type { JsonObject } from '../../facts/json-object.ts';

/** The options of a prediction, which a body may give as well as the query. */
export const bodyOptionNames = ['top', 'explain'] as const;

export type BodyOptionName = (typeof bodyOptionNames)[number];

export function isBodyOption(name: string): name is BodyOptionName {
  return bodyOptionNames.some((known) => known === name);
}

/** Typed clients and forms send the fields that nobody filled in too. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** A JSON object's options apart from the rest of it, which is without absent fields; the options written as in a query. */
export function takeOptions(object: JsonObject): { readonly rest: JsonObject; readonly options?: URLSearchParams } {
  const given = Object.entries(object).filter(([, value]) => !isAbsent(value));
  const options = given
    .filter(([name]) => isBodyOption(name))
    .map(([name, value]): [string, string] => [name, toText(value)]);
  const rest = Object.fromEntries(given.filter(([name]) => !isBodyOption(name)));
  return options.length === 0 ? { rest } : { rest, options: new URLSearchParams(options) };
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
