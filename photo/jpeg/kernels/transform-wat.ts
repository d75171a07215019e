import { get, load, set, store, zero } from '../../../wasm/instructions.ts';

/**
 * Inverse discrete cosine transforms in whole numbers, which keep the mean: DC / 8. That of 8 × 8 is the algorithm of
 * Loeffler, Ligtenberg and Moschytz (ICASSP 1989, "Practical fast 1-D DCT algorithms with 11 multiplications"), columns
 * before rows, with the scaling and rounding of libjpeg's accurate transform, so that a full-size decode gives the very
 * samples that Pillow and TensorFlow see: constants of 13 bits, two more kept between the passes. Four columns, or rows, lie
 * side by side in a vector.
 */
const CONSTANT_BITS = 13;
const PASS_BITS = 2;
const COLUMN_SHIFT = CONSTANT_BITS - PASS_BITS;
/** Rows then shift both passes' bits and a division by 8 away. */
const ROW_SHIFT = CONSTANT_BITS + PASS_BITS + 3;
/** Half a step, and 128 to bring samples from around 0 to around the middle of a byte. */
const ROW_ROUNDING = (1 << (ROW_SHIFT - 1)) + (128 << ROW_SHIFT);

const FIX_0_298631336 = 2446;
const FIX_0_390180644 = 3196;
const FIX_0_541196100 = 4433;
const FIX_0_765366865 = 6270;
const FIX_0_899976223 = 7373;
const FIX_1_175875602 = 9633;
const FIX_1_501321110 = 12299;
const FIX_1_847759065 = 15137;
const FIX_1_961570560 = 16069;
const FIX_2_053119869 = 16819;
const FIX_2_562915447 = 20995;
const FIX_3_072711026 = 25172;

const splat = (value: number) => `(i32x4.splat (i32.const ${value}))`;
const add = (a: string, b: string) => `(i32x4.add ${a} ${b})`;
const subtract = (a: string, b: string) => `(i32x4.sub ${a} ${b})`;
const multiply = (a: string, constant: number) => `(i32x4.mul ${a} ${splat(constant)})`;
const scale = (a: string, rounding: number) => add(`(i32x4.shl ${a} (i32.const ${CONSTANT_BITS}))`, splat(rounding));

interface Pass {
  readonly rounding: number;
  readonly shift: number;
}

const columnPass: Pass = { rounding: 1 << (COLUMN_SHIFT - 1), shift: COLUMN_SHIFT };
const rowPass: Pass = { rounding: ROW_ROUNDING, shift: ROW_SHIFT };

/** Makes results $r0 to $r7 of coefficients $c0 to $c7. */
function transformEight({ rounding, shift }: Pass): string {
  const result = (index: number, value: string) => set(`r${index}`, `(i32x4.shr_s ${value} (i32.const ${shift}))`);
  const pair = (index: number, even: string, odd: string) =>
    result(index, add(get(even), get(odd))) + result(7 - index, subtract(get(even), get(odd)));
  return [
    set('z1', multiply(add(get('c2'), get('c6')), FIX_0_541196100)),
    set('z2', subtract(get('z1'), multiply(get('c6'), FIX_1_847759065))),
    set('z3', add(get('z1'), multiply(get('c2'), FIX_0_765366865))),
    set('z1', scale(add(get('c0'), get('c4')), rounding)),
    set('z4', scale(subtract(get('c0'), get('c4')), rounding)),
    set('even0', add(get('z1'), get('z3'))),
    set('even3', subtract(get('z1'), get('z3'))),
    set('even1', add(get('z4'), get('z2'))),
    set('even2', subtract(get('z4'), get('z2'))),

    set('z3', add(get('c7'), get('c3'))),
    set('z4', add(get('c5'), get('c1'))),
    set('z5', multiply(add(get('z3'), get('z4')), FIX_1_175875602)),
    set('z1', multiply(add(get('c7'), get('c1')), -FIX_0_899976223)),
    set('z2', multiply(add(get('c5'), get('c3')), -FIX_2_562915447)),
    set('z3', add(multiply(get('z3'), -FIX_1_961570560), get('z5'))),
    set('z4', add(multiply(get('z4'), -FIX_0_390180644), get('z5'))),
    set('odd0', add(multiply(get('c7'), FIX_0_298631336), add(get('z1'), get('z3')))),
    set('odd1', add(multiply(get('c5'), FIX_2_053119869), add(get('z2'), get('z4')))),
    set('odd2', add(multiply(get('c3'), FIX_3_072711026), add(get('z2'), get('z3')))),
    set('odd3', add(multiply(get('c1'), FIX_1_501321110), add(get('z1'), get('z4')))),

    pair(0, 'even0', 'odd3'),
    pair(1, 'even1', 'odd2'),
    pair(2, 'even2', 'odd1'),
    pair(3, 'even3', 'odd0'),
  ].join('\n');
}

/** The same for four; only the lowest frequencies of a block, for half of its resolution. */
function transformFour({ rounding, shift }: Pass): string {
  const result = (index: number, value: string) => set(`r${index}`, `(i32x4.shr_s ${value} (i32.const ${shift}))`);
  return [
    set('even0', scale(add(get('c0'), get('c2')), rounding)),
    set('even1', scale(subtract(get('c0'), get('c2')), rounding)),
    set('z1', multiply(add(get('c1'), get('c3')), FIX_0_541196100)),
    set('odd0', add(get('z1'), multiply(get('c1'), FIX_0_765366865))),
    set('odd1', subtract(get('z1'), multiply(get('c3'), FIX_1_847759065))),
    result(0, add(get('even0'), get('odd0'))),
    result(1, add(get('even1'), get('odd1'))),
    result(2, subtract(get('even1'), get('odd1'))),
    result(3, subtract(get('even0'), get('odd0'))),
  ].join('\n');
}

/** Turns rows and columns of the four vectors of these names over. */
function transpose(names: readonly string[]): string {
  const [a, b, c, d] = names.map(get) as [string, string, string, string];
  const [first, second, third, fourth] = names as [string, string, string, string];
  const low = (x: string, y: string) => `(i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 ${x} ${y})`;
  const high = (x: string, y: string) => `(i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 ${x} ${y})`;
  const lowHalves = (x: string, y: string) => `(i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 ${x} ${y})`;
  const highHalves = (x: string, y: string) =>
    `(i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 ${x} ${y})`;
  return [
    set('z1', low(a, b)),
    set('z2', low(c, d)),
    set('z3', high(a, b)),
    set('z4', high(c, d)),
    set(first, lowHalves(get('z1'), get('z2'))),
    set(second, highHalves(get('z1'), get('z2'))),
    set(third, lowHalves(get('z3'), get('z4'))),
    set(fourth, highHalves(get('z3'), get('z4'))),
  ].join('\n');
}

const sequence = (prefix: string, from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${from + index}`);
const locals = (names: readonly string[]) => names.map((name) => `(local $${name} v128)`).join(' ');
const work = [...sequence('z', 1, 5), ...sequence('even', 0, 4), ...sequence('odd', 0, 4)];
const eights = [...sequence('c', 0, 8), ...sequence('r', 0, 8), ...work];
const fours = [...sequence('c', 0, 4), ...sequence('r', 0, 4), ...work];

export const wordInBytes = 4;
const rowInBytes = 8 * wordInBytes;
const halfRowInBytes = 4 * wordInBytes;

/** Two rows of samples, clamped to bytes, from the vectors of their left and right halves. */
const storeTwoRows = (row: number) => `
        ${set('z1', `(i8x16.narrow_i16x8_u ${[row, row + 1].map((at) => `(i16x8.narrow_i32x4_s ${get(`r${at}`)} ${get(`r${at + 4}`)})`).join(' ')})`)}
        (v128.store64_lane 0 ${get('out')} ${get('z1')})
        (v128.store64_lane 1 (i32.add ${get('out')} ${get('stride')}) ${get('z1')})
        (local.set $out (i32.add ${get('out')} (i32.shl ${get('stride')} (i32.const 1))))`;

const transform8 = `
  (func $transform8 (param $out i32) (param $stride i32)
    (local $from i32) ${locals(eights)}
    (loop $columns
      ${sequence('c', 0, 8)
        .map((name, row) => set(name, load('from', row * rowInBytes)))
        .join('\n')}
      ${transformEight(columnPass)}
      ${sequence('r', 0, 8)
        .map((name, row) => store('from', row * rowInBytes, get(name)))
        .join('\n')}
      (br_if $columns (i32.lt_u
        (local.tee $from (i32.add ${get('from')} (i32.const ${halfRowInBytes}))) (i32.const ${rowInBytes}))))
    (local.set $from (i32.const 0))
    (loop $rows
      ${sequence('c', 0, 4)
        .map((name, row) => set(name, load('from', row * rowInBytes)))
        .join('\n')}
      ${sequence('c', 4, 4)
        .map((name, row) => set(name, load('from', row * rowInBytes + halfRowInBytes)))
        .join('\n')}
      ${Array.from({ length: 8 }, (_, half) => store('from', half * halfRowInBytes, zero)).join('\n')}
      ${transpose(sequence('c', 0, 4))}
      ${transpose(sequence('c', 4, 4))}
      ${transformEight(rowPass)}
      ${transpose(sequence('r', 0, 4))}
      ${transpose(sequence('r', 4, 4))}
      ${storeTwoRows(0)}
      ${storeTwoRows(2)}
      (br_if $rows (i32.lt_u
        (local.tee $from (i32.add ${get('from')} (i32.const ${4 * rowInBytes}))) (i32.const ${8 * rowInBytes})))))`;

const transform4 = `
  (func $transform4 (param $out i32) (param $stride i32)
    (local $from i32) ${locals(fours)}
    ${sequence('c', 0, 4)
      .map((name, row) => set(name, load('from', row * halfRowInBytes)) + store('from', row * halfRowInBytes, zero))
      .join('\n')}
    ${transformFour(columnPass)}
    ${sequence('r', 0, 4)
      .map((name, index) => set(`c${index}`, get(name)))
      .join('\n')}
    ${transpose(sequence('c', 0, 4))}
    ${transformFour(rowPass)}
    ${transpose(sequence('r', 0, 4))}
    ${set('z1', `(i8x16.narrow_i16x8_u (i16x8.narrow_i32x4_s ${get('r0')} ${get('r1')}) (i16x8.narrow_i32x4_s ${get('r2')} ${get('r3')}))`)}
    ${[0, 1, 2, 3]
      .map(
        (lane) => `(v128.store32_lane ${lane} ${get('out')} ${get('z1')})
    (local.set $out (i32.add ${get('out')} ${get('stride')}))`,
      )
      .join('\n')})`;

/** Half a sample's step, and 128 to bring samples from around 0 to around the middle of a byte, eight times. */
export const halfStep = 4 + (128 << 3);
export const toSample = (eighths: string) => `(call $toByte (i32.shr_s ${eighths} (i32.const 3)))`;

const toByte = `
  (func $toByte (param $value i32) (result i32)
    (select ${get('value')}
      (select (i32.const 0) (i32.const 255) (i32.lt_s ${get('value')} (i32.const 0)))
      (i32.lt_u ${get('value')} (i32.const 256))))`;

const signs = [
  ['add', 'add'],
  ['add', 'sub'],
  ['sub', 'add'],
  ['sub', 'sub'],
] as const;

/** A quarter of the resolution: sums and differences of the four lowest frequencies. */
const transform2 = `
  (func $transform2 (param $out i32) (param $stride i32)
    (local $mean i32) (local $horizontal i32) (local $vertical i32) (local $diagonal i32)
    (local.set $mean (i32.add (i32.load (i32.const 0)) (i32.const ${halfStep})))
    (local.set $horizontal (i32.load offset=4 (i32.const 0)))
    (local.set $vertical (i32.load offset=8 (i32.const 0)))
    (local.set $diagonal (i32.load offset=12 (i32.const 0)))
    (v128.store (i32.const 0) ${zero})
    ${signs
      .map(([down, across], at) => {
        const row = at < 2 ? get('out') : `(i32.add ${get('out')} ${get('stride')})`;
        const along = `(i32.${across} (i32.${down} ${get('mean')} ${get('vertical')}) ${get('horizontal')})`;
        const sum = `(i32.${down === across ? 'add' : 'sub'} ${along} ${get('diagonal')})`;
        return `(i32.store8 offset=${at % 2} ${row} ${toSample(sum)})`;
      })
      .join('\n')})`;

/**
 * WebAssembly text of `$transform8`, `$transform4` and `$transform2`: the block of dequantised coefficients at address 0, row
 * by row in words, to as many samples at `$out` and every `$stride` from there; the block is zero afterwards.
 */
export const transformWat = [toByte, transform8, transform4, transform2].join('\n');
