import type { Schema } from '../../facts/schema.ts';
import type { OptionDefinition } from '../routes/read-options.ts';

/** The options of a route as parameters of its query. */
export function toParameters(options: Readonly<Record<string, OptionDefinition<unknown>>>): readonly Schema[] {
  return Object.entries(options).map(([name, { description, schema }]) => ({ name, in: 'query', description, schema }));
}
