declare const value: unique symbol;

/** A JSON schema (2020-12, as OpenAPI 3.1 takes it) that knows the TypeScript type of what it describes. */
export interface Schema<Value = unknown> {
  readonly [keyword: string]: unknown;
  /** Never there; it carries the type. */
  readonly [value]?: Value;
}

export type ValueOf<Described> = Described extends Schema<infer Value> ? Value : never;

type Properties = Readonly<Record<string, Schema>>;
type ObjectOf<Required extends Properties, Optional extends Properties> = {
  readonly [Name in keyof Required]: ValueOf<Required[Name]>;
} & { readonly [Name in keyof Optional]?: ValueOf<Optional[Name]> };

export const text: Schema<string> = { type: 'string' };
export const number: Schema<number> = { type: 'number' };
export const yesOrNo: Schema<boolean> = { type: 'boolean' };
export const nothing: Schema<null> = { type: 'null' };
export const milliseconds: Schema<number> = { type: 'number', minimum: 0 };
export const probability: Schema<number> = { type: 'number', minimum: 0, maximum: 1 };
export const count: Schema<number> = { type: 'integer', minimum: 1 };

/** An object of exactly these properties, of which the optional ones may be missing. */
export function object<Required extends Properties, Optional extends Properties = Record<never, Schema>>(
  required: Required,
  optional?: Optional,
): Schema<ObjectOf<Required, Optional>> {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

export function list<Item>(
  items: Schema<Item>,
  bounds: Readonly<Record<string, unknown>> = {},
): Schema<readonly Item[]> {
  return { type: 'array', items, ...bounds };
}

export function oneOf<const Value extends string>(...values: readonly Value[]): Schema<Value> {
  return { type: 'string', enum: values };
}

export function either<One, Other>(one: Schema<One>, other: Schema<Other>): Schema<One | Other> {
  return { oneOf: [one, other] };
}

/** The schema of that name among the components of the document. */
export function reference<Value>(name: string, _described?: Schema<Value>): Schema<Value> {
  return { $ref: `#/components/schemas/${name}` };
}

export function described<Value>(description: string, schema: Schema<Value>): Schema<Value> {
  return { ...schema, description };
}
