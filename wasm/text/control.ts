import {
  expression,
  type I32,
  type Local,
  type Statement,
  textOf,
  type Value,
  type ValueType,
  type Whole,
  whole,
} from './value.ts';

/** Runs the body, and again as long as the condition then holds. */
export function doWhile(label: string, body: Statement, condition: I32): Statement {
  return `(loop $${label} ${textOf(body)} (br_if $${label} ${condition.text}))`;
}

/** Runs the body as long as the condition does not hold, which is asked before each time. */
export function until(label: string, condition: I32, body: Statement): Statement {
  return endlessly(label, [leaveIf(label, condition), body]);
}

/** Runs the body again and again, until a `leaveIf` of its label in it. */
export function endlessly(label: string, body: Statement): Statement {
  return `(block $${label}_end (loop $${label} ${textOf(body)} (br $${label})))`;
}

/** Leaves the loop of this label, an `until` or `endlessly`. */
export function leaveIf(label: string, condition: I32): Statement {
  return `(br_if $${label}_end ${condition.text})`;
}

/** Begins the loop of this label anew, an `until` or `endlessly`. */
export function again(label: string): Statement {
  return `(br $${label})`;
}

/** Ends the function here, with its result. */
export function giveBack(result: Value<ValueType> | number): Statement {
  return `(return ${typeof result === 'number' ? whole(result) : result.text})`;
}

export function when(condition: I32, then: Statement, otherwise?: Statement): Statement {
  const other = otherwise === undefined ? '' : ` (else ${textOf(otherwise)})`;
  return `(if ${condition.text} (then ${textOf(then)})${other})`;
}

/** The first value where the condition holds, else the second; both are computed. */
export function select<Type extends ValueType>(first: Value<Type>, second: Value<Type>, condition: I32): Value<Type> {
  return expression(first.type, `(select ${first.text} ${second.text} ${condition.text})`);
}

/** The smaller of two numbers without a sign, each of them read twice. */
export function smallest(first: I32, second: I32): I32 {
  return select(first, second, expression('i32', `(i32.lt_u ${first.text} ${second.text})`));
}

/** Makes a number that counts, or an address, larger by so much. */
export function advance(local: Local<'i32'>, step: Whole): Statement {
  return local.set(sum(local, step));
}

/** Reads a byte for nothing but to have its line of memory in the caches when it is needed. */
export function touch(address: I32): Statement {
  return `(drop (i32.load8_u ${address.text}))`;
}

/** Whether a counter, made smaller by so much, is not zero yet. */
export function countDown(local: Local<'i32'>, step: Whole = 1): I32 {
  return local.tee(expression('i32', `(i32.sub ${local.text} ${whole(step)})`));
}

/** Whether a number, made larger by so much, is still below the end. */
export function countUp(local: Local<'i32'>, step: Whole, end: Whole): I32 {
  return expression('i32', `(i32.lt_u ${local.tee(sum(local, step)).text} ${whole(end)})`);
}

/** The sum of addresses and offsets. */
export function sum(first: Whole, ...others: readonly Whole[]): I32 {
  return others.reduce<I32>(
    (total, other) => expression('i32', `(i32.add ${total.text} ${whole(other)})`),
    expression('i32', whole(first)),
  );
}
