import { ServiceError } from '../invocation/service-error.ts';
import type { BodyOptionName } from '../source/body-options.ts';

/** One option of a route's query: what it may be, in words and as JSON Schema, and how its text is read. */
export interface OptionDefinition<Value> {
  readonly description: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly allowed: string;
  /** Undefined where the text is not allowed. */
  readonly read: (text: string) => Value | undefined;
  readonly default: Value;
}

/** Clients that hold it as a boolean write it as their language does. */
const flagByText: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['0', false],
  ['true', true],
  ['false', false],
  ['True', true],
  ['False', false],
]);

const flag = {
  schema: { anyOf: [{ type: 'boolean' }, { type: 'integer', minimum: 0, maximum: 1 }], default: false },
  allowed: '0 or 1',
  read: (text: string) => flagByText.get(text),
  default: false,
} as const;

export const predictOptions = {
  top: {
    description: 'How many labels to answer with, the most probable first; more than there are means all.',
    schema: { type: 'integer', minimum: 1, default: 3 },
    allowed: 'a whole number from 1',
    read: (text: string) => (/^\d+$/.test(text) && Number(text) >= 1 ? Number(text) : undefined),
    default: 3,
  },
  explain: { ...flag, description: 'Whether to add where in the photo the evidence for the first label lies.' },
} as const satisfies Readonly<Record<BodyOptionName, unknown>>;

export const healthOptions = {
  deep: { ...flag, description: 'Whether to run the parity photos again and compare with what Keras answered.' },
  reference: {
    ...flag,
    description:
      'With deep: whether to compare with the other engine and the other decoders too. Asks for the secret, which must be set.',
  },
} as const;

type Definitions = Readonly<Record<string, OptionDefinition<unknown>>>;
type Options<From extends Definitions> = {
  readonly [Name in keyof From]: From[Name] extends OptionDefinition<infer Value> ? Value : never;
};

/** What two places give together, so that an option in both is told as one given twice. */
export function joinOptions(query: URLSearchParams, body: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...query, ...body]);
}

/**
 * The options that a query gives, each at most once; some clients write a value of a list, `top[]=3`.
 * @throws ServiceError `bad_request` for an unknown option and for a value that is not allowed
 */
export function readOptions<From extends Definitions>(given: URLSearchParams, definitions: From): Options<From> {
  const known = Object.keys(definitions);
  const query = new URLSearchParams([...given].map(([name, value]): [string, string] => [withoutIndex(name), value]));
  for (const name of query.keys()) {
    if (!known.includes(name)) throw unknownOption(name, known);
  }
  const read = Object.entries(definitions).map(([name, definition]) => [name, readOption(query, name, definition)]);
  return Object.fromEntries(read) as Options<From>;
}

function withoutIndex(name: string): string {
  return name.replace(/\[\d*\]$/, '');
}

function readOption(query: URLSearchParams, name: string, definition: OptionDefinition<unknown>): unknown {
  const [text, ...others] = query.getAll(name);
  if (text === undefined) return definition.default;
  const value = others.length === 0 ? definition.read(text) : undefined;
  if (value !== undefined) return value;
  const given = [text, ...others].map((each) => JSON.stringify(each.slice(0, 40))).join(' and ');
  throw new ServiceError(
    'bad_request',
    `The option ${name} is ${given}.`,
    `It can be ${definition.allowed}, and is given once at most.`,
  );
}

function unknownOption(name: string, known: readonly string[]): ServiceError {
  return new ServiceError(
    'bad_request',
    `The option ${JSON.stringify(name.slice(0, 40))} is not known here.`,
    `The options are: ${known.join(', ')}.`,
  );
}
