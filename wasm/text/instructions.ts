import {
  expression,
  type F32,
  type F64,
  type I32,
  type I64,
  type Statement,
  type V128,
  type Whole,
  whole,
} from './value.ts';

// One object a type, one method an instruction, called as the specification calls it less the dots. Each takes its operands
// in the order in which WebAssembly does, then an immediate such as an offset.

const wholes = (op: string) => (a: Whole, b: Whole) => expression('i32', `(${op} ${whole(a)} ${whole(b)})`);
const loadWhole =
  (op: string) =>
  (address: Whole, offset = 0) =>
    expression('i32', `(${op}${at(offset)} ${whole(address)})`);
const storeWhole =
  (op: string) =>
  (address: Whole, value: Whole, offset = 0): Statement =>
    `(${op}${at(offset)} ${whole(address)} ${whole(value)})`;
const longs = (op: string) => (a: I64, b: I64) => expression('i64', `(${op} ${a.text} ${b.text})`);
const longShift = (op: string) => (a: I64, count: Whole) =>
  expression('i64', `(${op} ${a.text} (i64.extend_i32_u ${whole(count)}))`);
const unary = (op: string) => (a: V128) => expression('v128', `(${op} ${a.text})`);
const binary = (op: string) => (a: V128, b: V128) => expression('v128', `(${op} ${a.text} ${b.text})`);
const shift = (op: string) => (a: V128, count: Whole) => expression('v128', `(${op} ${a.text} ${whole(count)})`);
const splatWhole = (op: string) => (value: Whole) => expression('v128', `(${op} ${whole(value)})`);
const loadVector =
  (op: string) =>
  (address: Whole, offset = 0) =>
    expression('v128', `(${op}${at(offset)} ${whole(address)})`);
const storeLane =
  (op: string) =>
  (address: Whole, value: V128, lane: number, offset = 0): Statement =>
    `(${op}${at(offset)} ${lane} ${whole(address)} ${value.text})`;

function at(offset: number): string {
  return offset === 0 ? '' : ` offset=${offset}`;
}

export const i32 = {
  add: wholes('i32.add'),
  sub: wholes('i32.sub'),
  mul: wholes('i32.mul'),
  divU: wholes('i32.div_u'),
  and: wholes('i32.and'),
  or: wholes('i32.or'),
  shl: wholes('i32.shl'),
  shrS: wholes('i32.shr_s'),
  shrU: wholes('i32.shr_u'),
  eq: wholes('i32.eq'),
  ne: wholes('i32.ne'),
  ltU: wholes('i32.lt_u'),
  gtU: wholes('i32.gt_u'),
  geU: wholes('i32.ge_u'),
  ltS: wholes('i32.lt_s'),
  gtS: wholes('i32.gt_s'),
  eqz: (a: Whole): I32 => expression('i32', `(i32.eqz ${whole(a)})`),
  load: loadWhole('i32.load'),
  load8U: loadWhole('i32.load8_u'),
  load16S: loadWhole('i32.load16_s'),
  load16U: loadWhole('i32.load16_u'),
  store: storeWhole('i32.store'),
  store8: storeWhole('i32.store8'),
  store16: storeWhole('i32.store16'),
  /** The lower half. */
  wrapI64: (a: I64): I32 => expression('i32', `(i32.wrap_i64 ${a.text})`),
} as const;

export const i64 = {
  const: (value: number): I64 => expression('i64', `(i64.const ${value})`),
  sub: longs('i64.sub'),
  and: longs('i64.and'),
  or: longs('i64.or'),
  xor: longs('i64.xor'),
  shl: longShift('i64.shl'),
  shrU: longShift('i64.shr_u'),
  shrS: longShift('i64.shr_s'),
  eqz: (a: I64): I32 => expression('i32', `(i64.eqz ${a.text})`),
  /** How many bits are set; how many below the lowest of them are not. */
  popcnt: (a: I64): I32 => expression('i32', `(i32.wrap_i64 (i64.popcnt ${a.text}))`),
  ctz: (a: I64): I32 => expression('i32', `(i32.wrap_i64 (i64.ctz ${a.text}))`),
  extendI32U: (a: Whole): I64 => expression('i64', `(i64.extend_i32_u ${whole(a)})`),
  load: (address: Whole, offset = 0): I64 => expression('i64', `(i64.load${at(offset)} ${whole(address)})`),
  store: (address: Whole, value: I64, offset = 0): Statement =>
    `(i64.store${at(offset)} ${whole(address)} ${value.text})`,
} as const;

export const f32 = {
  const: (value: number | string): F32 => expression('f32', `(f32.const ${value})`),
  convertI32U: (a: Whole): F32 => expression('f32', `(f32.convert_i32_u ${whole(a)})`),
  load: (address: Whole, offset = 0): F32 => expression('f32', `(f32.load${at(offset)} ${whole(address)})`),
  store: (address: Whole, value: F32, offset = 0): Statement =>
    `(f32.store${at(offset)} ${whole(address)} ${value.text})`,
} as const;

export const f64 = {
  add: (a: F64, b: F64): F64 => expression('f64', `(f64.add ${a.text} ${b.text})`),
} as const;

export const v128 = {
  zero: expression('v128', '(v128.const i64x2 0 0)'),
  const: (shape: 'i8x16' | 'i16x8' | 'i32x4', lanes: readonly (number | string)[]): V128 =>
    expression('v128', `(v128.const ${shape} ${lanes.join(' ')})`),
  load: loadVector('v128.load'),
  load32Splat: loadVector('v128.load32_splat'),
  load32Zero: loadVector('v128.load32_zero'),
  load64Zero: loadVector('v128.load64_zero'),
  load8x8U: loadVector('v128.load8x8_u'),
  load16x4U: loadVector('v128.load16x4_u'),
  store: (address: Whole, value: V128, offset = 0): Statement =>
    `(v128.store${at(offset)} ${whole(address)} ${value.text})`,
  store8Lane: storeLane('v128.store8_lane'),
  store16Lane: storeLane('v128.store16_lane'),
  store32Lane: storeLane('v128.store32_lane'),
  store64Lane: storeLane('v128.store64_lane'),
  and: binary('v128.and'),
  or: binary('v128.or'),
  not: unary('v128.not'),
  bitselect: (ones: V128, zeros: V128, mask: V128): V128 =>
    expression('v128', `(v128.bitselect ${ones.text} ${zeros.text} ${mask.text})`),
  anyTrue: (a: V128): I32 => expression('i32', `(v128.any_true ${a.text})`),
} as const;

export const f32x4 = {
  splat: (value: F32): V128 => expression('v128', `(f32x4.splat ${value.text})`),
  add: binary('f32x4.add'),
  sub: binary('f32x4.sub'),
  mul: binary('f32x4.mul'),
  div: binary('f32x4.div'),
  neg: unary('f32x4.neg'),
  sqrt: unary('f32x4.sqrt'),
  nearest: unary('f32x4.nearest'),
  gt: binary('f32x4.gt'),
  pmin: binary('f32x4.pmin'),
  pmax: binary('f32x4.pmax'),
  relaxedMin: binary('f32x4.relaxed_min'),
  relaxedMax: binary('f32x4.relaxed_max'),
  /** a · b + c, rounded once or twice as the processor does it. */
  relaxedMadd: (a: V128, b: V128, c: V128): V128 =>
    expression('v128', `(f32x4.relaxed_madd ${a.text} ${b.text} ${c.text})`),
} as const;

export const f64x2 = {
  add: binary('f64x2.add'),
  mul: binary('f64x2.mul'),
  promoteLowF32x4: unary('f64x2.promote_low_f32x4'),
  convertLowI32x4S: unary('f64x2.convert_low_i32x4_s'),
  extractLane: (a: V128, lane: 0 | 1): F64 => expression('f64', `(f64x2.extract_lane ${lane} ${a.text})`),
} as const;

export const i32x4 = {
  splat: splatWhole('i32x4.splat'),
  add: binary('i32x4.add'),
  sub: binary('i32x4.sub'),
  mul: binary('i32x4.mul'),
  shl: shift('i32x4.shl'),
  shrS: shift('i32x4.shr_s'),
  geU: binary('i32x4.ge_u'),
  gtS: binary('i32x4.gt_s'),
  dotI16x8S: binary('i32x4.dot_i16x8_s'),
  truncSatF32x4S: unary('i32x4.trunc_sat_f32x4_s'),
  extendLowI16x8S: unary('i32x4.extend_low_i16x8_s'),
  extendHighI16x8S: unary('i32x4.extend_high_i16x8_s'),
  extendLowI16x8U: unary('i32x4.extend_low_i16x8_u'),
  extendHighI16x8U: unary('i32x4.extend_high_i16x8_u'),
  extmulLowI16x8S: binary('i32x4.extmul_low_i16x8_s'),
  extmulHighI16x8S: binary('i32x4.extmul_high_i16x8_s'),
} as const;

export const i16x8 = {
  splat: splatWhole('i16x8.splat'),
  add: binary('i16x8.add'),
  sub: binary('i16x8.sub'),
  mul: binary('i16x8.mul'),
  abs: unary('i16x8.abs'),
  gtS: binary('i16x8.gt_s'),
  shl: shift('i16x8.shl'),
  shrU: shift('i16x8.shr_u'),
  narrowI32x4S: binary('i16x8.narrow_i32x4_s'),
  extendLowI8x16S: unary('i16x8.extend_low_i8x16_s'),
  extendHighI8x16S: unary('i16x8.extend_high_i8x16_s'),
  extendLowI8x16U: unary('i16x8.extend_low_i8x16_u'),
  extendHighI8x16U: unary('i16x8.extend_high_i8x16_u'),
  extmulLowI8x16U: binary('i16x8.extmul_low_i8x16_u'),
  extmulHighI8x16U: binary('i16x8.extmul_high_i8x16_u'),
  replaceLane: (a: V128, lane: number, value: Whole): V128 =>
    expression('v128', `(i16x8.replace_lane ${lane} ${a.text} ${whole(value)})`),
} as const;

export const i8x16 = {
  add: binary('i8x16.add'),
  splat: splatWhole('i8x16.splat'),
  eq: binary('i8x16.eq'),
  narrowI16x8U: binary('i8x16.narrow_i16x8_u'),
  /** Bytes of the first by their places in the second; zero where that is 128 or more, and not to be said from 16 on. */
  relaxedSwizzle: binary('i8x16.relaxed_swizzle'),
  /** Sixteen bytes of both, those of the second counted from 16. */
  shuffle: (a: V128, b: V128, order: readonly number[]): V128 =>
    expression('v128', `(i8x16.shuffle ${order.join(' ')} ${a.text} ${b.text})`),
} as const;

export const memory = {
  copy: (to: Whole, from: Whole, sizeInBytes: Whole): Statement =>
    `(memory.copy ${whole(to)} ${whole(from)} ${whole(sizeInBytes)})`,
  fill: (to: Whole, byte: Whole, sizeInBytes: Whole): Statement =>
    `(memory.fill ${whole(to)} ${whole(byte)} ${whole(sizeInBytes)})`,
} as const;
