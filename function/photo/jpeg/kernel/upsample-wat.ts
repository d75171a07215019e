const get = (name: string) => `(local.get $${name})`;

/** Eight samples at an address and an offset from it, as numbers of 16 bits. */
const eight = (address: string, offset: number) => `(v128.load8x8_u (i32.add ${get(address)} (i32.const ${offset})))`;
const triple = (value: string) => `(i16x8.mul ${value} (i16x8.splat (i32.const 3)))`;
const plus = (a: string, b: string) => `(i16x8.add ${a} ${b})`;
const blend = (near: string, far: string, rounding: number, shift: number) =>
  `(i16x8.shr_u ${plus(plus(triple(near), far), `(i16x8.splat (i32.const ${rounding}))`)} (i32.const ${shift}))`;
const oneSample = (address: string) => `(i32.load8_u ${address})`;
const last = (address: string) => `(i32.sub (i32.add ${get(address)} ${get('width')}) (i32.const 1))`;

interface Doubling {
  readonly name: string;
  /** What a row is made of: its samples, or those of two rows. */
  readonly parameters: readonly string[];
  /** Eight samples from the one `offset` to the right on, times `weight`. */
  readonly samples: (offset: number) => string;
  /** One sample, times four times `weight`: all of it where there is no neighbour. */
  readonly edge: (at: (parameter: string) => string) => string;
  /** Of the sample on the left and on the right, less than half a step where two ways are as near. */
  readonly roundings: readonly [left: number, right: number];
  readonly shift: number;
}

const alongRow: Doubling = {
  name: 'doubleRow',
  parameters: ['near'],
  samples: (offset) => eight('near', offset),
  edge: (at) => `(i32.shl ${oneSample(at('near'))} (i32.const 2))`,
  roundings: [1, 2],
  shift: 2,
};

const betweenRows: Doubling = {
  name: 'doubleBlendedRows',
  parameters: ['near', 'far'],
  samples: (offset) => plus(triple(eight('near', offset)), eight('far', offset)),
  edge: (at) =>
    `(i32.shl (i32.add (i32.mul ${oneSample(at('near'))} (i32.const 3)) ${oneSample(at('far'))}) (i32.const 2))`,
  roundings: [8, 7],
  shift: 4,
};

function double({ name, parameters, samples, edge, roundings, shift }: Doubling): string {
  const [left, right] = roundings;
  const edgeSample = (address: string, at: (parameter: string) => string, rounding: number) =>
    `(i32.store8 ${address} (i32.shr_u (i32.add ${edge(at)} (i32.const ${rounding})) (i32.const ${shift})))`;
  return `
  (func (export "${name}") ${parameters.map((parameter) => `(param $${parameter} i32)`).join(' ')}
      (param $width i32) (param $out i32)
    (local $end i32) (local $lastOut i32) (local $samples v128) ${parameters.map((parameter) => `(local $${parameter}Start i32) (local $${parameter}Last i32)`).join(' ')}
    ${parameters.map((parameter) => `(local.set $${parameter}Start ${get(parameter)}) (local.set $${parameter}Last ${last(parameter)})`).join('\n')}
    (local.set $end (i32.add ${get('out')} (i32.shl ${get('width')} (i32.const 1))))
    (local.set $lastOut (i32.sub ${get('end')} (i32.const 1)))
    (local.set $width ${get('out')})
    (loop $row
      (local.set $samples ${samples(0)})
      (v128.store ${get('out')} (v128.or
        ${blend(get('samples'), samples(-1), left, shift)}
        (i16x8.shl ${blend(get('samples'), samples(1), right, shift)} (i32.const 8))))
      ${parameters.map((parameter) => `(local.set $${parameter} (i32.add ${get(parameter)} (i32.const 8)))`).join('\n')}
      (br_if $row (i32.lt_u (local.tee $out (i32.add ${get('out')} (i32.const 16))) ${get('end')})))
    ${edgeSample(get('width'), (parameter) => get(`${parameter}Start`), left)}
    ${edgeSample(get('lastOut'), (parameter) => get(`${parameter}Last`), right)})`;
}

const blendRows = `
  (func (export "blendRows") (param $near i32) (param $far i32) (param $width i32) (param $rounding i32) (param $out i32)
    (local $end i32) (local $samples v128)
    (local.set $end (i32.add ${get('out')} ${get('width')}))
    (loop $row
      (local.set $samples (i16x8.shr_u
        ${plus(plus(triple(eight('near', 0)), eight('far', 0)), `(i16x8.splat ${get('rounding')})`)} (i32.const 2)))
      (v128.store64_lane 0 ${get('out')} (i8x16.narrow_i16x8_u ${get('samples')} ${get('samples')}))
      (local.set $near (i32.add ${get('near')} (i32.const 8)))
      (local.set $far (i32.add ${get('far')} (i32.const 8)))
      (br_if $row (i32.lt_u (local.tee $out (i32.add ${get('out')} (i32.const 8))) ${get('end')}))))`;

/**
 * WebAssembly text of how a component of half the picture's samples is brought to its size: each new sample is three parts
 * the nearer and one part the farther neighbour, rounded as libjpeg's "fancy" upsampling does, so that the pixels are those
 * that Pillow and TensorFlow see. `doubleRow` makes `2 * width` samples of a row, `blendRows` a row between `near` and `far`
 * that lies closer to `near`, and `doubleBlendedRows` both at once, rounded once. One byte in front of a row and nine behind
 * it are read, up to fifteen behind the result written.
 */
export const upsampleWat = [double(alongRow), double(betweenRows), blendRows].join('\n');
