import { get } from '../../../wasm/instructions.ts';

const plus = (a: string, b: string) => `(i16x8.add ${a} ${b})`;
const triple = (value: string) => `(i16x8.mul ${value} (i16x8.splat (i32.const 3)))`;
const sum = (...addresses: readonly string[]) => addresses.reduce((a, b) => `(i32.add ${a} ${b})`);
const constant = (value: number) => `(i32.const ${value})`;

/** Eight samples of a row from the one `offset` to the right of `$x` on, as numbers of 16 bits. */
const eight = (row: string, offset: number) =>
  `(v128.load8x8_u ${sum(get(row), get('x'), ...(offset === 0 ? [] : [constant(offset)]))})`;
const blend = (near: string, far: string, rounding: string, shift: number) =>
  `(i16x8.shr_u ${plus(plus(triple(near), far), `(i16x8.splat ${rounding})`)} ${constant(shift)})`;
/** Goes on by eight samples until the row's end. */
const next = `(br_if $row (i32.lt_u (local.tee $x ${sum(get('x'), constant(8))}) ${get('width')}))`;

interface Doubling {
  readonly name: string;
  /** What a row is made of: its samples, or those of two rows. */
  readonly rows: readonly string[];
  /** Eight samples from the one `offset` to the right on, times `weight`. */
  readonly samples: (offset: number) => string;
  /** One sample at a place of the rows, times four times `weight`: all of it where there is no neighbour. */
  readonly edge: (place: string) => string;
  /** Of the sample on the left and on the right, less than half a step where two ways are as near. */
  readonly roundings: readonly [left: number, right: number];
  readonly shift: number;
}

const oneSample = (row: string, place: string) => `(i32.load8_u ${sum(get(row), place)})`;

const alongRow: Doubling = {
  name: 'doubleRow',
  rows: ['near'],
  samples: (offset) => eight('near', offset),
  edge: (place) => `(i32.shl ${oneSample('near', place)} (i32.const 2))`,
  roundings: [1, 2],
  shift: 2,
};

const betweenRows: Doubling = {
  name: 'doubleBlendedRows',
  rows: ['near', 'far'],
  samples: (offset) => plus(triple(eight('near', offset)), eight('far', offset)),
  edge: (place) =>
    `(i32.shl ${sum(`(i32.mul ${oneSample('near', place)} (i32.const 3))`, oneSample('far', place))} (i32.const 2))`,
  roundings: [8, 7],
  shift: 4,
};

function double({ name, rows, samples, edge, roundings, shift }: Doubling): string {
  const [left, right] = roundings;
  const outAt = (place: string) => sum(get('out'), `(i32.shl ${place} (i32.const 1))`);
  const last = `(i32.sub ${get('width')} (i32.const 1))`;
  const edgeSample = (address: string, place: string, rounding: number) =>
    `(i32.store8 ${address} (i32.shr_u ${sum(edge(place), constant(rounding))} ${constant(shift)}))`;
  return `
  (func (export "${name}") ${rows.map((row) => `(param $${row} i32)`).join(' ')} (param $width i32) (param $out i32)
    (local $x i32) (local $samples v128)
    (loop $row
      (local.set $samples ${samples(0)})
      (v128.store ${outAt(get('x'))} (v128.or
        ${blend(get('samples'), samples(-1), constant(left), shift)}
        (i16x8.shl ${blend(get('samples'), samples(1), constant(right), shift)} (i32.const 8))))
      ${next})
    ${edgeSample(get('out'), constant(0), left)}
    ${edgeSample(sum(outAt(last), constant(1)), last, right)})`;
}

const blendRows = `
  (func (export "blendRows") (param $near i32) (param $far i32) (param $width i32) (param $rounding i32) (param $out i32)
    (local $x i32) (local $samples v128)
    (loop $row
      (local.set $samples ${blend(eight('near', 0), eight('far', 0), get('rounding'), 2)})
      (v128.store64_lane 0 ${sum(get('out'), get('x'))} (i8x16.narrow_i16x8_u ${get('samples')} ${get('samples')}))
      ${next}))`;

/**
 * WebAssembly text of how a component of half the picture's samples is brought to its size: each new sample is three parts
 * the nearer and one part the farther neighbour, rounded as libjpeg's "fancy" upsampling does, so that the pixels are those
 * that Pillow and TensorFlow see. `doubleRow` makes `2 * width` samples of a row, `blendRows` a row between `near` and `far`
 * that lies closer to `near`, and `doubleBlendedRows` both at once, rounded once. One byte in front of a row and nine behind
 * it are read, up to fifteen behind the result written.
 */
export const upsampleWat = [double(alongRow), double(betweenRows), blendRows].join('\n');
