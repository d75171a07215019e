import { expression, type Local, localNamed, type Statement, textOf, type Value, type ValueType } from './value.ts';

type ParameterType = 'i32' | 'f32';
/** The parameters by their names, in their order. */
type Parameters = Readonly<Record<string, ParameterType>>;
type LocalsOf<Declared extends Readonly<Record<string, ValueType>>> = {
  readonly [Name in keyof Declared]: Local<Declared[Name]>;
};

/** A function of a module; what is exported is what JavaScript calls. */
export interface Kernel {
  readonly name: string;
  readonly isExported: boolean;
  readonly parameters: Parameters;
  /** What it returns; undefined for nothing. */
  readonly result: ValueType | undefined;
  readonly text: string;
}

/** Declares a local of a function and returns it; the name says its role. */
export type Declare = <Type extends ValueType>(type: Type, name: string) => Local<Type>;

interface KernelBody {
  readonly body: Statement;
  /** What the function returns, after its body. */
  readonly result?: Value<ValueType>;
}

type Build<Declared extends Parameters> = (parameters: LocalsOf<Declared>, declare: Declare) => Statement | KernelBody;

/** A function that JavaScript calls. */
export function kernel<const Declared extends Parameters>(
  name: string,
  parameters: Declared,
  build: Build<Declared>,
): Kernel {
  return toKernel(name, true, parameters, build);
}

/** A function that only others of its module call. */
export function innerFunction<const Declared extends Parameters>(
  name: string,
  parameters: Declared,
  build: Build<Declared>,
): Kernel {
  return toKernel(name, false, parameters, build);
}

/** Calls a function that returns nothing; its arguments go by the names of its parameters, others are left out. */
export function call(called: Kernel, given: Arguments): Statement {
  return callText(called, given);
}

/** Calls a function for the value that it returns. */
export function callFor<Type extends ValueType>(type: Type, called: Kernel, given: Arguments): Value<Type> {
  if (called.result !== type) throw new TypeError(`${called.name} returns ${called.result ?? 'nothing'}, not ${type}.`);
  return expression(type, callText(called, given));
}

type Arguments = Readonly<Record<string, Value<ValueType>>>;

function callText({ name, parameters }: Kernel, given: Arguments): string {
  const values = Object.entries(parameters).map(([parameter, type]) => {
    const value = given[parameter];
    if (value?.type !== type)
      throw new TypeError(`${name} takes ${type} as ${parameter}, not ${value?.type ?? 'nothing'}.`);
    return value.text;
  });
  return `(call $${name} ${values.join(' ')})`;
}

function toKernel<Declared extends Parameters>(
  name: string,
  isExported: boolean,
  parameters: Declared,
  build: Build<Declared>,
): Kernel {
  const locals: string[] = [];
  const declare: Declare = (type, local) => {
    locals.push(`(local $${local} ${type})`);
    return localNamed(type, local);
  };
  const own = Object.entries(parameters).map(([parameter, type]) => [parameter, localNamed(type, parameter)]);
  const built = build(Object.fromEntries(own), declare);
  const { body, result } = typeof built === 'object' && 'body' in built ? built : { body: built };
  const header = Object.entries(parameters).map(([parameter, type]) => `(param $${parameter} ${type})`);
  const text = [
    `(func $${name}${isExported ? ` (export "${name}")` : ''} ${header.join(' ')}${result ? ` (result ${result.type})` : ''}`,
    locals.join(' '),
    textOf(body),
    `${result?.text ?? ''})`,
  ];
  return { name, isExported, parameters, result: result?.type, text: text.join('\n') };
}
