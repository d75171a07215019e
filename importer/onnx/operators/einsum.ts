import type { LaidOut } from '../laid-out.ts';
import { laidPlain, plain, shapeOf } from '../laid-out.ts';
import { inputOf, notImported, type OperationContext, type OperationConverter } from '../operation-context.ts';
import { reshapeLaidOut } from '../reshape-laid-out.ts';
import { multiply } from './products.ts';

/** A tensor with a letter for each of its axes. */
interface Lettered {
  readonly value: LaidOut;
  readonly letters: readonly string[];
}

/** Of one or two tensors, by one product of matrices: letters of both and of the result are its batch. */
const einsum: OperationConverter = (context) => {
  const { inputs } = context;
  const equation = context.attributes.text('equation', '').replaceAll(' ', '');
  const [given = '', result] = equation.split('->');
  const terms = given.split(',');
  const isPlain = result !== undefined && !equation.includes('.') && terms.length === inputs.length;
  if (!isPlain || terms.length > 2 || [...terms, result].some((term) => new Set(term).size !== term.length))
    throw notImported(context, `its equation is ${equation.slice(0, 40)}`);
  const wanted = [...result];
  const [first, second] = terms.map((term, at): Lettered => {
    const value = inputOf(context, at);
    if (value.order.length !== term.length)
      throw new RangeError(`${term} does not name the axes of [${shapeOf(value)}]`);
    return summed(context, { value, letters: [...term] }, (letter) => {
      return wanted.includes(letter) || terms.some((other, place) => place !== at && other.includes(letter));
    });
  }) as [Lettered, Lettered | undefined];
  const product = second === undefined ? first : contracted(context, first, second, wanted);
  return inLetters(product, wanted);
};

/** Without the axes that nothing else has. */
function summed(
  { builder }: OperationContext,
  { value, letters }: Lettered,
  isKept: (letter: string) => boolean,
): Lettered {
  const dropped = letters.flatMap((letter, axis) => (isKept(letter) ? [] : [axis]));
  if (dropped.length === 0) return { value, letters };
  const node = builder.reduce('Sum', plain(builder, value), dropped, false);
  return { value: laidPlain(node), letters: letters.filter(isKept) };
}

function contracted(context: OperationContext, a: Lettered, b: Lettered, wanted: readonly string[]): Lettered {
  const shared = a.letters.filter((letter) => b.letters.includes(letter));
  const batch = shared.filter((letter) => wanted.includes(letter));
  const inner = shared.filter((letter) => !wanted.includes(letter));
  const ofA = a.letters.filter((letter) => !shared.includes(letter));
  const ofB = b.letters.filter((letter) => !shared.includes(letter));
  const [sizesA, sizesB] = [sizesOf(a), sizesOf(b)];
  for (const letter of shared)
    if (sizesA.get(letter) !== sizesB.get(letter))
      throw new RangeError(`${letter} is both ${sizesA.get(letter)} and ${sizesB.get(letter)} long`);
  const size = (letters: readonly string[]) =>
    letters.reduce((product, letter) => product * (sizesA.get(letter) ?? sizesB.get(letter) ?? 1), 1);
  const shape = (letters: readonly string[]) => letters.map((letter) => size([letter]));
  // Without a batch the axes of the first stay apart, so that those of a picture keep the order in which they lie.
  const isApart = batch.length === 0;
  const left = reshapeLaidOut(context.builder, inLetters(a, [...batch, ...ofA, ...inner]), [
    ...shape(batch),
    ...(isApart ? shape(ofA) : [size(ofA)]),
    size(inner),
  ]);
  const right = reshapeLaidOut(context.builder, inLetters(b, [...batch, ...inner, ...ofB]), [
    ...shape(batch),
    size(inner),
    size(ofB),
  ]);
  const product = multiply(context, left, right);
  const letters = [...batch, ...ofA, ...ofB];
  return { value: reshapeLaidOut(context.builder, product, shape(letters)), letters };
}

function sizesOf({ value, letters }: Lettered): ReadonlyMap<string, number> {
  const shape = shapeOf(value);
  return new Map(letters.map((letter, axis) => [letter, shape[axis] as number]));
}

/** Its axes called in the order asked for; no value moves. */
function inLetters({ value, letters }: Lettered, wanted: readonly string[]): LaidOut {
  return { node: value.node, order: value.order.map((axis) => wanted.indexOf(letters[axis] as string)) };
}

export const sums: Readonly<Record<string, OperationConverter>> = { Einsum: einsum };
