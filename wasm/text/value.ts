export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128';

/** WebAssembly text of an expression, with the type of what it leaves on the stack. */
export interface Value<Type extends ValueType> {
  readonly type: Type;
  readonly text: string;
}

export type I32 = Value<'i32'>;
export type I64 = Value<'i64'>;
export type F32 = Value<'f32'>;
export type F64 = Value<'f64'>;
export type V128 = Value<'v128'>;
/** A whole number stands for the constant. */
export type Whole = I32 | number;

/** WebAssembly text of what leaves nothing on the stack; lists of it are one after the other. */
export type Statement = string | readonly Statement[];

/** A parameter or local of a function. */
export interface Local<Type extends ValueType> extends Value<Type> {
  readonly name: string;
  set(value: Type extends 'i32' ? Whole : Value<Type>): Statement;
  /** Sets it and leaves the new value on the stack. */
  tee(value: Type extends 'i32' ? Whole : Value<Type>): Value<Type>;
}

export function expression<Type extends ValueType>(type: Type, text: string): Value<Type> {
  return { type, text };
}

export function constant(value: number): I32 {
  return expression('i32', whole(value));
}

/** The text of a whole number: a constant where it is known already. */
export function whole(value: Whole): string {
  return typeof value === 'number' ? `(i32.const ${value})` : value.text;
}

export function localNamed<Type extends ValueType>(type: Type, name: string): Local<Type> {
  const textOf = (value: Whole | Value<ValueType>) => (typeof value === 'number' ? whole(value) : value.text);
  return {
    type,
    name,
    text: `(local.get $${name})`,
    set: (value) => `(local.set $${name} ${textOf(value)})`,
    tee: (value) => expression(type, `(local.tee $${name} ${textOf(value)})`),
  };
}

export function textOf(statements: Statement): string {
  return typeof statements === 'string' ? statements : statements.map(textOf).join('\n');
}
